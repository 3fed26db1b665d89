import { createContext } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import type { Verdict } from '@contract/verdict';
import type { Connection } from '@renderer/connection/types';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import { OpenScan } from '@renderer/shell/state/open-scan.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';

/** What is laid beside the scan that is looked at. */
export interface Compared {
  readonly name: string;
  readonly verdict: Verdict | undefined;
  /** null while it is fetched, or where there is none. */
  readonly volume: PreparedVolume | null;
}

/** A second scan, or a sum of scans, pinned beside the one that is looked at. */
export class Comparison {
  readonly #queue: Queue;
  readonly #open: OpenScan;
  #id = $state<string | null>(null);
  #sum = $state.raw<Compared | null>(null);
  readonly #scan = $derived.by(() => this.#queue.scans.find((scan) => scan.id === this.#id) ?? null);

  constructor(connection: Connection, queue: Queue) {
    this.#queue = queue;
    this.#open = new OpenScan(connection);
  }

  /** The pinned scan; null while nothing is compared, and once it has gone from the list. */
  get scan(): ScanSummary | null {
    return this.#scan;
  }

  /** The sum of scans that is compared with, which is no scan of the list. */
  get sum(): Compared | null {
    return this.#sum;
  }

  /** Whatever is compared with; null while nothing is. */
  get side(): Compared | null {
    if (this.#sum) return this.#sum;
    const scan = this.#scan;
    return scan && { name: scan.scan, verdict: scan.verdict, volume: this.#open.volume };
  }

  get loading(): boolean {
    return this.#open.loading;
  }

  with(id: string | null): void {
    this.#sum = null;
    this.#id = id;
    this.#follow();
  }

  withSum(sum: Compared | null): void {
    this.with(null);
    this.#sum = sum;
  }

  /** Pins the scan that is looked at, or lets go. */
  toggle(): void {
    this.with(this.#id === null && !this.#sum ? (this.#queue.selected?.id ?? null) : null);
  }

  /** Listens to what becomes of the pinned scan; returns the function that stops. */
  start(): () => void {
    return this.#queue.onLook(() => this.#follow());
  }

  /** Fetches the pinned scan in its present state. */
  #follow(): void {
    this.#open.show(this.#scan);
  }
}

export const [useComparison, provideComparison] = createContext<Comparison>();
