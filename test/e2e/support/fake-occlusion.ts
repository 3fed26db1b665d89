import type { OcclusionMap, OcclusionState } from '@contract/occlusion';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import { setTimeout as sleep } from 'node:timers/promises';

type Owned = Extract<keyof Handlers, `occlusion/${string}`>;

/** Where the double's verdicts rest: six voxels beside the peak, and a little is spoken against farther out. */
const strongest = [32, 36, 28] as const;
const dropOf = (chance: number, place: readonly number[]): number => {
  const off = Math.hypot(...place.map((x, axis) => x - strongest[axis]!));
  const ring = Math.hypot(...place.map((x) => x - 32)) - 24;
  return 0.9 * chance * Math.exp(-((off / 9) ** 2)) - 0.08 * Math.exp(-((ring / 5) ** 2));
};

/** A map of a scan's verdict with the first places of a pass done. */
export function fakeOcclusion(scan: ScanSummary, pass: OcclusionMap['pass'], done: number): OcclusionMap {
  const step = pass === 'coarse' ? 8 : 4;
  const axis = Array.from({ length: 64 / step + 1 }, (_, n) => n * step);
  const places = axis.flatMap((i) => axis.flatMap((j) => axis.map((k) => [i, j, k] as const)));
  const verdict = scan.verdict!;
  const probability = verdict.probabilities[verdict.class]!;
  const isDone = (place: readonly number[], n: number): boolean =>
    pass === 'coarse' ? n < done : place.every((x) => x % 8 === 0) || Math.abs(dropOf(1, place)) > 0.05;
  const measured = Uint8Array.from(places, (place, n) => (isDone(place, n) ? 1 : 0));
  const drop = Float32Array.from(places, (place, n) =>
    pass === 'fine' || measured[n] ? dropOf(probability, place) : 0,
  );
  const spot = (better: (a: number, b: number) => boolean): NonNullable<OcclusionMap['falls']> => {
    let best = 0;
    drop.forEach((value, n) => {
      if (better(value, drop[best]!)) best = n;
    });
    const place = places[best]!;
    return { place, distance: Math.hypot(...place.map((x) => x - 32)), drop: drop[best]! };
  };
  return {
    class: verdict.class,
    probability,
    model: '4f1d08c2aa93e1b7',
    radius: 13,
    axis,
    drop: new Uint8Array(drop.buffer),
    measured,
    pass,
    done,
    total: pass === 'coarse' ? 729 : 412,
    falls: spot((a, b) => a > b),
    rises: spot((a, b) => a < b),
  };
}

/** The double's occlusion maps: they grow when the test says so. */
export class FakeOcclusion {
  readonly #find: (id: string) => ScanSummary;
  readonly #tell: (state: OcclusionState) => void;
  readonly handlers: Pick<Handlers, Owned>;
  state: OcclusionState = { id: null, status: 'idle', map: null, problem: null };

  constructor(find: (id: string) => ScanSummary, tell: (state: OcclusionState) => void) {
    this.#find = find;
    this.#tell = tell;
    this.handlers = {
      'occlusion/state': () => this.state,
      'occlusion/start': ({ id }) => this.set({ id, status: 'running', map: null, problem: null }),
      'occlusion/pause': ({ id }) => this.#turn(id, ['running'], 'paused'),
      'occlusion/resume': ({ id }) => this.#turn(id, ['paused'], 'running'),
      'occlusion/stop': ({ id }) => this.#turn(id, ['running', 'paused'], 'stopped'),
    };
  }

  #turn(id: string, from: readonly OcclusionState['status'][], to: OcclusionState['status']): OcclusionState {
    return this.state.id === id && from.includes(this.state.status) ? this.set({ status: to }) : this.state;
  }

  set(change: Partial<OcclusionState>): OcclusionState {
    this.state = { ...this.state, ...change };
    this.#tell(this.state);
    return this.state;
  }

  /** Waits until the app was asked: the screen shows that it asks before that. */
  async begun(): Promise<void> {
    while (this.state.status !== 'running') await sleep(5);
  }

  /** As many places of a pass are done; nothing happens to one that was given up. */
  advance(pass: OcclusionMap['pass'], done: number): void {
    const { id, status } = this.state;
    if (id === null || status !== 'running') return;
    const map = fakeOcclusion(this.#find(id), pass, done);
    this.set({ map, status: pass === 'fine' && done >= map.total ? 'done' : 'running' });
  }
}
