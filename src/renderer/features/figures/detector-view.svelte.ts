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
  readonly frame?: number;
}

/** Frames are played no faster, ms each. */
const playMs = 66;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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
  #playing = $state(false);
  /** Of all frames of the scan that were shown: in a film a dark frame is dark. */
  #brightest = 0;
  #last: Wish | null = null;
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

  /** The frames of the scan follow each other. */
  get playing(): boolean {
    return this.#playing;
  }

  stop(): void {
    this.#playing = false;
  }

  /** Goes through the frames from the one that is shown on, as they were recorded, and over again; or stops there. */
  togglePlay(): void {
    this.#playing = !this.#playing;
    if (this.#playing) void this.#play();
  }

  async #play(): Promise<void> {
    while (this.#playing && !this.#problem) {
      const due = pause(playMs);
      const now = this.#frame;
      if (now && this.#last && !this.#busy) {
        this.#wanted = { ...this.#last, area: this.#area, frame: (now.frame + 1) % now.frames };
        await this.#fetch();
      }
      await due;
    }
    this.#playing = false;
  }

  /** Asks for the frame nearest to a voxel; called at every move of the crosshair. */
  show(id: string, volume: PreparedVolume, at: Triple, area: FrameArea): void {
    const wish = { id, q: sampleQ(volume, at), area };
    // Another part of the same frames: what is played goes on there.
    if (this.#playing && this.#last?.id === id && this.#last.q.join() === wish.q.join()) return;
    if (id !== this.#shownId) {
      this.#shownId = id;
      this.#frame = null;
      this.#problem = null;
      this.#brightest = 0;
    }
    // Asked for by its key before there was a frame: played as soon as it is there.
    if (this.#last !== null && this.#frame !== null) this.#playing = false;
    this.#last = wish;
    this.#wanted = wish;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted) {
      const wish = this.#wanted;
      this.#wanted = null;
      try {
        const found = await this.#connection.call('scans/frame', wish);
        if (wish.id !== this.#shownId) continue;
        this.#brightest = Math.max(this.#brightest, found.maximum);
        const frame = prepareFrame(found, wish.frame === undefined ? found.maximum : this.#brightest);
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
