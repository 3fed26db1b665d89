import { createContext, untrack } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { OcclusionState } from '@contract/occlusion';
import type { ScanSummary } from '@contract/scan';
import type { SurfaceTint } from '@renderer/shell/state/surface-tint';
import type { Connection } from '@renderer/connection/types';
import { prepareOcclusion, type PreparedOcclusion } from '@renderer/drawing/slices/occlusion-map';
import { explainText } from './words';
import { RecentCache } from '@renderer/connection/recent-cache';
import type { Queue } from '@renderer/shell/state/queue.svelte';

/** Finished maps kept for going back and forth; about 25 kB each. */
const keptMaps = 64;
/** Nothing has come for so long: whoever follows wants to know why. */
const quietMs = 1500;
const none: OcclusionState = { id: null, status: 'idle', map: null, problem: null };

/** What of the list of scans says whether anybody waits for an explanation. */
type Followed = Pick<Queue, 'following' | 'selected' | 'scans' | 'onLook'>;

interface Entry {
  readonly status: OcclusionState['status'];
  readonly problem: Problem | null;
  readonly occlusion: PreparedOcclusion | null;
}
/** What is under way, can be gone on with, or is whole. */
const alive: ReadonlySet<OcclusionState['status']> = new Set(['running', 'paused', 'done']);
const nothing = (): void => undefined;
const blank: Entry = { status: 'idle', problem: null, occlusion: null };

/** What the verdict looked at rests on: the app's map as far as it is, and how it is laid over the cuts. */
export class Explaining {
  readonly #connection: Connection;
  readonly #kept = new RecentCache<Entry>(keptMaps);
  /** What the app told last, of whichever scan. */
  #latest: OcclusionState = none;
  #scan: ScanSummary | null = null;
  #entry = $state.raw<Entry>(blank);
  #shown = $state(false);
  #onSurface = $state(true);
  #opacity = $state(0.8);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #arm: () => void = nothing;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get status(): OcclusionState['status'] {
    return this.#entry.status;
  }

  get running(): boolean {
    return this.#entry.status === 'running';
  }

  get paused(): boolean {
    return this.#entry.status === 'paused';
  }

  get problem(): Problem | null {
    return this.#entry.problem;
  }

  get occlusion(): PreparedOcclusion | null {
    return this.#entry.occlusion;
  }

  /** Whether the map lies over the cuts. */
  get shown(): boolean {
    return this.#shown;
  }

  set shown(shown: boolean) {
    this.#shown = shown;
  }

  /** Whether the map colours the surface of the peak. */
  get onSurface(): boolean {
    return this.#onSurface;
  }

  set onSurface(onSurface: boolean) {
    this.#onSurface = onSurface;
  }

  /** Of the map over the cuts and on the surface, 0 to 1. */
  get opacity(): number {
    return this.#opacity;
  }

  set opacity(opacity: number) {
    this.#opacity = Math.min(1, Math.max(0, opacity));
  }

  /** What colours the surface of the peak; null while nothing does. */
  get tint(): SurfaceTint | null {
    const { occlusion } = this.#entry;
    if (!this.#onSurface || !occlusion) return null;
    return { occlusion, opacity: this.#opacity, title: explainText.surface.title(occlusion.map.class) };
  }

  /** Listens to the app; returns the function that stops. */
  start(): () => void {
    const stops = [
      this.#connection.on('occlusion-changed', (state) => this.#take(state)),
      this.#connection.onStatus((status) => {
        if (status !== 'open') return;
        // What failed with the connection is asked anew, and an app that was restarted explains nothing.
        void this.#connection.call('occlusion/state', undefined).then(
          (state) => this.#take(state),
          () => undefined,
        );
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /**
   * Explains the newest verdict without being asked, once nothing waits to be judged: for whoever follows and looks at it, and where no
   * other map is being made. It is laid over the cuts when asked for. Returns the function that stops.
   * @param may whether it can be explained; `later` while that is not known
   */
  byItself(queue: Followed, may: () => boolean | 'later'): () => void {
    const begin = (): void => {
      const allowed = this.#isNext(queue) && may();
      if (allowed === 'later') this.#arm();
      else if (allowed) void this.#begin();
    };
    this.#arm = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(begin, quietMs);
    };
    const stop = queue.onLook(() => this.#arm());
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#arm = nothing;
    };
  }

  #isNext({ following, selected, scans }: Followed): boolean {
    const isLookedAt = following && selected?.state === 'classified' && selected.id === this.#scan?.id;
    const isBusy = ['running', 'paused'].includes(this.#latest.status);
    const waits = (scan: ScanSummary): boolean =>
      scan.state === 'reducing' || (scan.state === 'waiting' && scan.problem === undefined);
    return isLookedAt && this.#entry === blank && !isBusy && !scans.some(waits);
  }

  /** Says which scan is looked at, in its present state. What was under way for another one is given up. */
  look(scan: ScanSummary | null): void {
    untrack(() => {
      const former = this.#scan;
      this.#scan = scan;
      if (former && scan && keyOf(former) === keyOf(scan)) return;
      if (former && former.id !== scan?.id && this.running) void this.#turn('stop', former.id);
      this.#entry = (scan && this.#kept.get(keyOf(scan))) ?? blank;
      this.#arm();
      // Left paused, and gone on with from the list of jobs, perhaps, while another scan was looked at.
      const { id, status } = this.#latest;
      if (this.#entry === blank && former?.id !== id && id === scan?.id && alive.has(status)) this.#take(this.#latest);
    });
  }

  /** Asks for the map of the scan looked at, from the beginning. */
  ask(): Promise<void> {
    this.#shown = true;
    return this.#begin();
  }

  async #begin(): Promise<void> {
    const scan = this.#scan;
    if (!scan) return;
    this.#entry = { ...blank, status: 'running' };
    try {
      this.#take(await this.#connection.call('occlusion/start', { id: scan.id }));
    } catch (error) {
      if (this.#scan?.id === scan.id) this.#entry = { ...blank, status: 'failed', problem: toProblem(error) };
    }
  }

  /** Keeps what there is of the map. */
  cancel(): void {
    if (this.#scan) void this.#turn('stop', this.#scan.id);
  }

  /** Leaves the rest of the map for later. */
  pause(): void {
    if (this.#scan) void this.#turn('pause', this.#scan.id);
  }

  resume(): void {
    if (this.#scan) void this.#turn('resume', this.#scan.id);
  }

  /** The key: begin, or go on, or give up, or lay the finished map over the cuts. */
  toggle(): void {
    if (this.running) this.cancel();
    else if (this.paused) this.resume();
    else if (this.status === 'done') this.#shown = true;
    else void this.ask();
  }

  async #turn(what: 'pause' | 'resume' | 'stop', id: string): Promise<void> {
    try {
      this.#take(await this.#connection.call(`occlusion/${what}`, { id }));
    } catch {
      // A lost connection is told by its status.
    }
  }

  #take(state: OcclusionState = none): void {
    this.#latest = state;
    const { id, status, problem, map } = state;
    if (!this.#scan || id !== this.#scan.id) {
      // Another window asked about another scan: the app explains one at a time.
      if (this.running || this.paused) this.#entry = { ...this.#entry, status: 'stopped' };
      return;
    }
    this.#entry = { status, problem, occlusion: map && prepareOcclusion(map) };
    if (status === 'done') this.#kept.set(keyOf(this.#scan), this.#entry);
  }
}

export const [useExplaining, provideExplaining] = createContext<Explaining>();

/** A map belongs to one verdict on a scan. */
const keyOf = (scan: ScanSummary): string => JSON.stringify([scan.id, scan.verdict]);
