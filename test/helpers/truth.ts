import { orientationFrom } from '@core/detector/orientation';
import { transpose } from '@core/math/vector';
import { createParticle, type Particle } from '@main/demo/particle';
import type { ScanSpec } from '@main/demo/spec';
import {
  inner,
  length,
  minus,
  outer,
  transferOf,
  unit,
  type Instrument,
  type Readings,
  type Vector,
} from './instrument';

/** The one crystal that every beamline measures: platinum, strained so that its pattern has no centre of symmetry, with a screw dislocation. */
const crystalSpec: Pick<
  ScanSpec,
  'defect' | 'element' | 'hkl' | 'lateralNm' | 'offCentre' | 'strainRad' | 'points' | 'seed'
> = {
  defect: 'screw',
  element: 'Pt',
  hkl: [1, -1, 1],
  lateralNm: 240,
  offCentre: 0.05,
  strainRad: 0.9,
  points: 64,
  seed: 7,
};
/** Its lattice spacing, angstrom: 3.9242 / sqrt 3. */
export const SPACING = 3.9242 / Math.sqrt(3);
/** Spin about Q, by which it lies the same in every beamline's Q frame. */
const SPIN = 0.7;
const PEAK_COUNTS = 200_000;
const FRINGES = 6.5;
/** A square of 100 x 100 pixels about the peak holds all that is seen of it; the rest of a large detector stays dark. */
const SEEN = 50;

let particle: Particle | undefined;
const crystal = (): Particle => (particle ??= createParticle(crystalSpec as ScanSpec));

/** A scan as the detector counts it. */
export interface Measured {
  readonly instrument: Instrument;
  /** Of the scanned motor, one per frame. */
  readonly positions: Float64Array;
  /** Every motor at rest. */
  readonly still: Readings;
  /** Counts of a frame, rows x cols. */
  readonly frame: (index: number) => Uint32Array;
  /** Counts of all frames. */
  readonly all: () => Uint32Array;
  /** Voxels that its file masks, of all frames, where the layout has a mask for each; 1 = masked. */
  readonly mask?: () => Uint8Array;
  /** What the crystal scatters at offsets from the reflection along the axes of the Q frame, 1/angstrom; 1 at its brightest. */
  readonly intensity: (offsets: Float64Array) => Float64Array;
  /** The reflection in the sample's frame, and the axes of the Q frame there; CXI axes. */
  readonly reflection: Vector;
  readonly frameAxes: readonly [Vector, Vector, Vector];
}

/** |A|^2 at N offsets from the reflection, in the Q frame. */
function intensityOf(offsets: Float64Array): Float64Array {
  const { g, amplitude } = crystal();
  const toCrystal = transpose(orientationFrom(g, [1, 0, 0], SPIN));
  const inside = new Float64Array(offsets.length);
  for (let n = 0; n < offsets.length; n += 3) {
    for (let a = 0; a < 3; a++) {
      const row = toCrystal[a]!;
      inside[n + a] = row[0] * offsets[n]! + row[1] * offsets[n + 1]! + row[2] * offsets[n + 2]!;
    }
  }
  const out = amplitude(inside, new Float64Array((2 * offsets.length) / 3));
  return Float64Array.from({ length: offsets.length / 3 }, (_, n) => out[2 * n]! ** 2 + out[2 * n + 1]! ** 2);
}

/** The circle that aims, moved until the peak's pixel sees the reflection. */
function aimed(instrument: Instrument, q: number): Readings {
  const { aims, peak } = instrument;
  let [low, high] = aims === 'distance' ? [20, 0.01] : [0, 150];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (length(transferOf(instrument, { [aims]: middle }, peak[1], peak[2])) < q) low = middle;
    else high = middle;
  }
  return { [aims]: (low + high) / 2 };
}

/**
 * The crystal on a beamline: it is mounted so that its reflection lies on the peak's pixel in the peak's frame.
 * @param stops where the rocking motor stopped, of the even positions that it was told and their step
 */
export function measure(
  of: Instrument,
  stops: (even: Float64Array, step: number) => Float64Array = (even) => even,
): Measured {
  const { g, sizeAngstrom } = crystal();
  const fringe = (2 * Math.PI) / sizeAngstrom;
  const q = length(g);
  const aim = aimed(of, q);
  const { sample, detector, rocks, frames: told, peak, shape, way = 1 } = of;
  const readings = Object.fromEntries([...sample, ...detector].map(({ motor, deg }) => [motor, deg]));
  const still: Readings = { ...readings, ...aim };
  const middle = rocks === 'energy' ? of.energyEv : (still[rocks] ?? 0);
  const at = (position: number, row: number, col: number): Vector =>
    transferOf(of, { ...still, [rocks]: position }, row, col);
  const q0 = at(middle, peak[1], peak[2]);
  const small = rocks === 'energy' ? 1 : 0.01;
  const speed = length(minus(at(middle + small, peak[1], peak[2]), q0)) / small;
  const step = (2 * FRINGES * fringe) / speed / (told - 1);
  const even = Float64Array.from({ length: told }, (_, f) => middle + way * step * (f - peak[0]));
  const positions = stops(even, step);
  const frames = positions.length;
  const instrument = { ...of, frames };
  // The Q frame: along Q, horizontal across it, and the third of a right-handed set (DESIGN section 4).
  const first = unit(q0);
  const second = unit(outer([0, 1, 0], first));
  const third = outer(first, second);
  const brightest = Math.max(...intensityOf(grid(fringe)));
  const [rows, cols] = shape;
  const [top, left] = [Math.max(0, Math.round(peak[1]) - SEEN), Math.max(0, Math.round(peak[2]) - SEEN)];
  const [bottom, right] = [Math.min(rows, top + 2 * SEEN), Math.min(cols, left + 2 * SEEN)];
  const counted = new Map<number, Uint32Array>();
  const frame = (index: number): Uint32Array => {
    const known = counted.get(index);
    if (known) return known;
    const offsets = new Float64Array(3 * (bottom - top) * (right - left));
    for (let row = top, n = 0; row < bottom; row++) {
      for (let col = left; col < right; col++, n += 3) {
        const dq = minus(at(positions[index]!, row, col), q0);
        offsets.set([inner(first, dq), inner(second, dq), inner(third, dq)], n);
      }
    }
    const seen = intensityOf(offsets);
    const counts = new Uint32Array(rows * cols);
    for (let row = top, n = 0; row < bottom; row++)
      for (let col = left; col < right; col++, n++)
        counts[row * cols + col] = Math.round((seen[n]! / brightest) * PEAK_COUNTS);
    counted.set(index, counts);
    return counts;
  };
  return {
    instrument,
    positions,
    still,
    frame,
    all: () => {
      const counts = new Uint32Array(frames * rows * cols);
      for (let f = 0; f < frames; f++) counts.set(frame(f), f * rows * cols);
      return counts;
    },
    intensity: (offsets) => intensityOf(offsets).map((value) => value / brightest),
    reflection: q0,
    frameAxes: [first, second, third],
  };
}

/** A scan of the photon energy as a beamline records it: by the name of its energy's motor, in keV or eV. */
export function ofEnergyMotor(truth: Measured, motor: string, unitEv: 1000 | 1): Measured {
  const { instrument, positions, still } = truth;
  return {
    ...truth,
    instrument: { ...instrument, rocks: motor },
    positions: positions.map((ev) => ev / unitEv),
    still: { ...still, [motor]: instrument.energyEv / unitEv },
  };
}

/** A grid about the reflection, on which the brightest place is looked for. */
function grid(fringe: number): Float64Array {
  const side = 25;
  const step = (4 * fringe) / side;
  const offsets = new Float64Array(3 * side ** 3);
  for (let n = 0; n < side ** 3; n++)
    [Math.floor(n / side ** 2), Math.floor(n / side) % side, n % side].forEach((i, a) => {
      offsets[3 * n + a] = (i - (side - 1) / 2) * step;
    });
  return offsets;
}
