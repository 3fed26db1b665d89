import { createContext } from 'svelte';
import { toProblem, type Problem } from '@contract/errors';
import type { FrameArea } from '@contract/detector-frame';
import type { Connection } from '@renderer/connection/types';
import { prepareFrame, type PreparedFrame } from '@renderer/drawing/slices/frame';
import type { PreparedVolume, Triple } from '@renderer/drawing/slices/volume';

interface Wish {
  readonly id: string;
  readonly q: [number, number, number];
  readonly area: FrameArea;
}

/** Q of a voxel in the sample frame, 1/angstrom. */
export function sampleQ(
  { origin, voxel, frame }: Pick<PreparedVolume, 'origin' | 'voxel' | 'frame'>,
  at: Triple,
): Wish['q'] {
  const own = origin.map((start, axis) => start + at[axis]! * voxel);
  const along = (component: 0 | 1 | 2): number =>
    frame[0][component] * own[0]! + frame[1][component] * own[1]! + frame[2][component] * own[2]!;
  return [along(0), along(1), along(2)];
}

/** The detector frame under the crosshair: one is fetched at a time, and only the newest wish after it. */
export class DetectorView {
  readonly #connection: Connection;
  #frame = $state.raw<PreparedFrame | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #area = $state<FrameArea>('peak');
  #faults = $state(true);
  #shownId: string | null = null;
  #wanted: Wish | null = null;
  #busy = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What came last for this scan; null while nothing has. */
  get frame(): PreparedFrame | null {
    return this.#frame;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get area(): FrameArea {
    return this.#area;
  }

  /** Whether hot and dead pixels are marked. */
  get faults(): boolean {
    return this.#faults;
  }

  set faults(faults: boolean) {
    this.#faults = faults;
  }

  setArea(area: FrameArea): void {
    this.#area = area;
  }

  /** Asks for the frame nearest to a voxel; called at every move of the crosshair. */
  show(id: string, volume: PreparedVolume, at: Triple, area: FrameArea): void {
    if (id !== this.#shownId) {
      this.#shownId = id;
      this.#frame = null;
      this.#problem = null;
    }
    this.#wanted = { id, q: sampleQ(volume, at), area };
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted) {
      const wish = this.#wanted;
      this.#wanted = null;
      try {
        const frame = prepareFrame(await this.#connection.call('scans/frame', wish));
        if (wish.id !== this.#shownId) continue;
        this.#frame = frame;
        this.#problem = null;
      } catch (error) {
        if (wish.id === this.#shownId) this.#problem = toProblem(error);
      }
    }
    this.#busy = false;
  }
}

export const [useDetectorView, provideDetectorView] = createContext<DetectorView>();
