import { createContext } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { ScanDetail, ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import { idle } from '@renderer/shell/idle';
import { Pending } from '@renderer/connection/pending';
import { RecentCache } from '@renderer/connection/recent-cache';
import type { Queue } from './queue.svelte';
import { prepareVolume, type PreparedVolume } from '@renderer/drawing/slices/volume';

/** Bytes of volumes kept for going back and forth: about fifty of 64^3, or the one of 256^3 that is looked at. */
const keptBytes = 64 * 1024 * 1024;
/** Largest volume, bytes, whose neighbours are fetched ahead. */
const smallBytes = 8 * 1024 * 1024;

/** One fetched scan. */
export interface Entry {
  readonly detail: ScanDetail;
  readonly volume: PreparedVolume | null;
  /** Which result the volume is of. */
  readonly result: string;
}

interface Failure {
  readonly problem: Problem;
}

/** The scan that is looked at: its detail and volume, fetched when it is opened and whenever it changes. */
export class OpenScan {
  readonly #connection: Connection;
  readonly #cache = new RecentCache<Entry>(keptBytes, bytesOf);
  readonly #pending = new Pending<Entry | Failure>();
  #entry = $state.raw<Entry | null>(null);
  #picture = $state.raw<Entry | null>(null);
  #id = $state<string | null>(null);
  #loading = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #asked: ScanSummary | null | undefined;
  #wanted: ScanSummary | null = null;
  #near: readonly ScanSummary[] = [];
  #ahead = false;
  #busy = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get detail(): ScanDetail | null {
    return this.#entry?.detail ?? null;
  }

  get volume(): PreparedVolume | null {
    return this.#entry?.volume ?? null;
  }

  /** What is drawn: the scan that is looked at, or the one before until the new one is there. */
  get picture(): Entry | null {
    return this.#picture;
  }

  /** True while the picture is of another scan than the one that is looked at. */
  get stale(): boolean {
    return this.#picture !== this.#entry;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Shows whatever the queue looks at, all anew after a reconnection; returns the function that stops. */
  follow(queue: Queue): () => void {
    const stops = [
      this.#connection.onStatus((status) => {
        if (status === 'open') this.forget();
      }),
      // Of scans that come at once, only the last is fetched.
      queue.onLook(() => this.#lacks(queue.selected, queue.near) && queueMicrotask(() => void this.#fetch())),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /**
   * Shows a scan in its present state. Called again at every change of any scan: the newest wins, nothing queues up, and one that
   * did not change is left alone, also where it could not be fetched.
   * @param near scans that are likely next, to be fetched once this one is drawn
   */
  show(scan: ScanSummary | null, near: readonly ScanSummary[] = []): void {
    if (this.#lacks(scan, near)) void this.#fetch();
  }

  /** Turns to a scan. @returns whether it is to be fetched */
  #lacks(scan: ScanSummary | null, near: readonly ScanSummary[]): boolean {
    this.#near = near;
    if (scan === this.#asked) {
      if (!this.#busy) void this.#lookAhead();
      return false;
    }
    this.#asked = scan;
    if (scan?.id !== this.#id) {
      this.#id = scan?.id ?? null;
      this.#entry = null;
      this.#problem = null;
    }
    this.#wanted = scan;
    if (!scan) {
      this.#picture = null;
      return false;
    }
    const known = this.#cache.get(stamp(scan));
    if (known) {
      this.#take(known);
      this.#wanted = null;
      this.#loading = false;
      void this.#lookAhead();
    } else this.#loading = true;
    return !known;
  }

  /** Asks again after a failure. */
  retry(scan: ScanSummary): void {
    this.#problem = null;
    this.#asked = undefined;
    this.show(scan);
  }

  /** After a reconnection, whatever was fetched may be old. */
  forget(): void {
    this.#asked = undefined;
    this.#cache.clear();
    this.#pending.forget();
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted) {
      const scan = this.#wanted;
      this.#wanted = null;
      const result = await this.#load(scan);
      if (scan.id !== this.#id) continue;
      if ('problem' in result) this.#problem = result.problem;
      else this.#take(result);
    }
    this.#busy = false;
    this.#loading = false;
    void this.#lookAhead();
  }

  #take(entry: Entry): void {
    this.#problem = null;
    this.#entry = entry;
    this.#picture = entry;
  }

  /** Fetches the neighbours, one after the other, as long as nobody waits for anything else. */
  async #lookAhead(): Promise<void> {
    if (this.#ahead || this.#near.length === 0 || (this.#entry && bytesOf(this.#entry) > smallBytes)) return;
    this.#ahead = true;
    await idle();
    let near: readonly ScanSummary[];
    do {
      near = this.#near;
      // Whoever has stepped on meanwhile has other neighbours, and those come first.
      for (const scan of near) if (!this.#busy && near === this.#near) await this.#load(scan);
    } while (near !== this.#near);
    this.#ahead = false;
  }

  async #load(scan: ScanSummary): Promise<Entry | Failure> {
    const key = stamp(scan);
    return (
      this.#cache.get(key) ??
      this.#pending.ask(
        key,
        () => this.#request(scan),
        (result) => 'problem' in result || this.#cache.set(key, result),
      )
    );
  }

  async #request(scan: ScanSummary): Promise<Entry | Failure> {
    const { id } = scan;
    const result = resultOf(scan);
    // While frames land, the detail grows; the volume stays until the scan is judged anew.
    const kept = this.#entry?.result === result ? this.#entry : null;
    try {
      const [detail, volume] = await Promise.all([
        this.#connection.call('scans/detail', { id }),
        kept ? null : this.#connection.call('scans/volume', { id }),
      ]);
      return { detail, volume: kept ? kept.volume : volume && prepareVolume(volume), result };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  }
}

export const [useOpenScan, provideOpenScan] = createContext<OpenScan>();

/** What an entry holds of memory; all but the voxels is little. */
const bytesOf = ({ volume }: Entry): number =>
  (volume ? volume.intensity.byteLength + volume.mask.byteLength : 0) + 4096;

/** Changes whenever a scan's detail or volume may have: with anything but the user's own marks. */
function stamp(scan: ScanSummary): string {
  return JSON.stringify({
    ...scan,
    flagged: false,
    note: '',
    overruled: undefined,
    plan: undefined,
    particle: undefined,
  });
}

/** Changes whenever a scan's volume may have: each verdict, also an early one, comes with its own. */
function resultOf({ id, verdict, judgedAt, problem }: ScanSummary): string {
  return JSON.stringify([id, verdict, judgedAt, problem]);
}
