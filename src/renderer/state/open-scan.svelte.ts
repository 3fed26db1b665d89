import { toProblem, type Problem } from '@contract/errors';
import type { ScanDetail, ScanSummary } from '@contract/scan';
import type { Connection } from '../connection/types';
import { RecentCache } from './recent-cache';
import { prepareVolume, type PreparedVolume } from '../slices/volume';

/** Scans kept for going back and forth; about 1.5 MB each. */
const keptScans = 24;

interface Entry {
  readonly detail: ScanDetail;
  readonly volume: PreparedVolume | null;
}

/** The scan that is looked at: its detail and volume, fetched when it is opened and whenever it changes. */
export class OpenScan {
  readonly #connection: Connection;
  readonly #cache = new RecentCache<Entry>(keptScans);
  #entry = $state.raw<Entry | null>(null);
  #id = $state<string | null>(null);
  #loading = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #wanted: ScanSummary | null = null;
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

  get loading(): boolean {
    return this.#loading;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Shows a scan in its present state. Called again at every change: the newest wins, nothing queues up. */
  show(scan: ScanSummary | null): void {
    if (scan?.id !== this.#id) {
      this.#id = scan?.id ?? null;
      this.#entry = null;
      this.#problem = null;
    }
    this.#wanted = scan;
    if (!scan) return;
    const known = this.#cache.get(stamp(scan));
    if (known) {
      this.#entry = known;
      this.#problem = null;
      this.#wanted = null;
      this.#loading = false;
    } else {
      this.#loading = true;
      void this.#fetch();
    }
  }

  /** Asks again after a failure. */
  retry(scan: ScanSummary): void {
    this.#problem = null;
    this.show(scan);
  }

  /** After a reconnection, whatever was fetched may be old. */
  forget(): void {
    this.#cache.clear();
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted) {
      const scan = this.#wanted;
      this.#wanted = null;
      const result = await this.#request(scan);
      if (scan.id !== this.#id) continue;
      if ('problem' in result) this.#problem = result.problem;
      else {
        this.#cache.set(stamp(scan), result);
        this.#problem = null;
        this.#entry = result;
      }
    }
    this.#busy = false;
    this.#loading = false;
  }

  async #request({ id }: ScanSummary): Promise<Entry | { readonly problem: Problem }> {
    try {
      const [detail, volume] = await Promise.all([
        this.#connection.call('scans/detail', { id }),
        this.#connection.call('scans/volume', { id }),
      ]);
      return { detail, volume: volume ? prepareVolume(volume) : null };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  }
}

/** Changes whenever a scan's detail or volume may have: with anything but the user's own marks. */
function stamp(scan: ScanSummary): string {
  return JSON.stringify({ ...scan, flagged: false, note: '', overruled: undefined });
}
