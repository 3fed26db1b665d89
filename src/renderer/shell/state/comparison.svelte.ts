import { createContext } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import { OpenScan } from '@renderer/shell/state/open-scan.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';

/** A second scan, pinned beside the one that is looked at. */
export class Comparison {
  readonly #queue: Queue;
  readonly #open: OpenScan;
  #id = $state<string | null>(null);
  readonly #scan = $derived.by(() => this.#queue.scans.find((scan) => scan.id === this.#id) ?? null);

  constructor(connection: Connection, queue: Queue) {
    this.#queue = queue;
    this.#open = new OpenScan(connection);
  }

  /** The pinned scan; null while nothing is compared, and once it has gone from the list. */
  get scan(): ScanSummary | null {
    return this.#scan;
  }

  get volume(): PreparedVolume | null {
    return this.#open.volume;
  }

  get loading(): boolean {
    return this.#open.loading;
  }

  with(id: string | null): void {
    this.#id = id;
    this.#follow();
  }

  /** Pins the scan that is looked at, or lets go. */
  toggle(): void {
    this.with(this.#id === null ? (this.#queue.selected?.id ?? null) : null);
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
