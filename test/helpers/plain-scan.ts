import type { ScanReader } from '@main/scan/types';
import { instruments } from './instruments';
import type { Measured } from './truth';

/** Of a plain scan: frames, rows and columns. */
export const plainShape = [5, 4, 6] as const;
const [frames, rows, cols] = plainShape;

/** Five small frames that hold their own number, for what a layout says beside its counts. */
export function plainScan(name: keyof typeof instruments): Measured {
  const instrument = { ...instruments[name], frames, shape: [rows, cols] } as const;
  const motors = [...instrument.sample, ...instrument.detector].map(({ motor, deg }) => [motor, deg] as const);
  return {
    instrument,
    positions: Float64Array.from({ length: frames }, (_, i) => 17 + 0.01 * i),
    still: Object.fromEntries(motors),
    frame: (index) => new Uint32Array(rows * cols).fill(index + 1),
    all: () => Uint32Array.from({ length: frames * rows * cols }, (_, i) => 1 + Math.floor(i / (rows * cols))),
    intensity: (offsets) => offsets,
    reflection: [0, 0, 1],
    frameAxes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

/** What a reader finds in the first pixel of each frame of a file's only scan. */
export function firstCounts(reader: ScanReader, path: string): number[] {
  const { facts, read, close } = reader.open(reader.list(path)[0]!.ref);
  const all = read(0, facts.framesPresent);
  close();
  return Array.from({ length: facts.framesPresent }, (_, f) => all[f * rows * cols]!);
}
