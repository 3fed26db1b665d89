import type { MaskRectangle } from '@contract/geometry';
import { HC_EV_ANGSTROM } from '@core/geometry/q';
import type { RandomStream } from '@core/random/stream';
import type { MeasuredRecipe, Recipe } from '../recipe';

/** How a raw scan was taken. Counts are per pixel and frame. */
export interface ScanConditions {
  readonly energyEv: number;
  readonly distanceM: number;
  readonly pixelM: number;
  /** Fringes as they are seen, `fringe` apart: 1/angstrom. */
  readonly fringe: number;
  readonly pixelsPerFringe: number;
  readonly framesPerFringe: number;
  /** That the rocking curve reaches to on either side of the peak. */
  readonly fringes: number;
  readonly frames: number;
  /** Rows and columns of a frame. */
  readonly side: number;
  /** Fractional index of the reflection. */
  readonly peak: readonly [number, number, number];
  readonly counts: number;
  readonly background: number;
  /** Coherence length over the crystal's size; null: ideal. */
  readonly coherence: number | null;
  /** Pixels that the detector says never count. */
  readonly gaps: readonly MaskRectangle[];
  readonly stopped: boolean;
  readonly hotPixels: number;
  readonly deadPixels: number;
  readonly dark: readonly number[];
  readonly dropped: readonly number[];
  /** Brightest intensity over the crystal's; null: there is none. */
  readonly neighbour: number | null;
}

const PIXEL_M = 55e-6;
/** A detector this near is one with larger pixels farther away. */
const NEAREST_M = 0.3;
/** The volume reaches 9 fringes from its centre along its axes, 16 to its corners. */
const FRINGES_ACROSS = 11;
const SIDES: readonly [number, number] = [48, 160];
const FRAMES: readonly [number, number] = [14, 128];
const GAP_PIXELS: readonly [number, number] = [2, 10];

const within = (x: number, [low, high]: readonly [number, number]): number => Math.max(low, Math.min(high, x));

/** Bands of pixels between modules, beside the peak or, one in three, through its flank or middle. */
function drawGaps(side: number, perFringe: number, random: RandomStream): MaskRectangle[] {
  const width = Math.round(random.uniform(...GAP_PIXELS));
  const through = random.uniform() < 1 / 3;
  const away = through ? random.uniform(0, 1.5) : random.uniform(1.5, 0.5 * (side / perFringe));
  const middle = side / 2 + (random.uniform() < 0.5 ? -1 : 1) * away * perFringe;
  const band = [Math.round(middle - width / 2), Math.round(middle + width / 2)] as const;
  const all = [0, side] as const;
  return [random.uniform() < 0.5 ? { rows: [...band], cols: [...all] } : { rows: [...all], cols: [...band] }];
}

/** A beam-stop: a square over the middle of the peak, on a bar as often as not. */
function drawStop(peak: readonly number[], side: number, perFringe: number, random: RandomStream): MaskRectangle[] {
  const half = Math.max(1, random.uniform(0.3, 1) * perFringe);
  const off = (): number => random.uniform(-0.5, 0.5) * perFringe;
  const [r, c] = [peak[1]! + off(), peak[2]! + off()];
  const square = {
    rows: [Math.round(r - half), Math.round(r + half)],
    cols: [Math.round(c - half), Math.round(c + half)],
  } as const;
  const bar = { rows: [Math.round(r), side], cols: [Math.round(c - half / 3), Math.round(c + half / 3) + 1] } as const;
  const both = random.uniform() < 0.5 ? [square, bar] : [square];
  return both.map(({ rows, cols }) => ({ rows: [...rows], cols: [...cols] }));
}

/**
 * Of a crystal's size, what its autocorrelation shows where the beam is coherent over only so many sizes: people and the reduction go by the
 * fringes that they see. Measured on 190 scans of this program, good to a tenth.
 */
const apparentShare = (coherence: number | null): number =>
  coherence === null ? 0.92 : 0.92 / Math.sqrt(1 + (0.43 / coherence) ** 2);

/**
 * Draws how a crystal of some size is measured.
 * @param sizeAngstrom D of the crystal
 */
export function drawConditions(
  { exposure }: Recipe,
  measured: MeasuredRecipe,
  sizeAngstrom: number,
  random: RandomStream,
): ScanConditions {
  const logarithmic = ([low, high]: readonly [number, number]): number => low * (high / low) ** random.uniform();
  const happens = (share: number): boolean => random.uniform() < share;
  const energyEv = Math.round(random.uniform(8000, 12_000));
  const pixelsPerFringe = random.uniform(...measured.pixelsPerFringe);
  const framesPerFringe = random.uniform(...measured.framesPerFringe);
  const fringes = random.uniform(...measured.fringes);
  // Most beams are coherent over more than the crystal: half of them over more than eight times the least.
  const inverse = random.uniform() ** 3 / measured.leastCoherence;
  const coherence = inverse < 0.02 ? null : 1 / inverse;
  const apparent = sizeAngstrom * apparentShare(coherence);
  const fringeRad = HC_EV_ANGSTROM / energyEv / apparent;
  const distance = (pixelsPerFringe * PIXEL_M) / fringeRad;
  const larger = Math.max(1, NEAREST_M / distance);
  const frames = Math.round(within(2 * fringes * framesPerFringe, FRAMES));
  const side = 2 * Math.round(within(FRINGES_ACROSS * pixelsPerFringe, [SIDES[0] / 2, SIDES[1] / 2]));
  const middle = (): number => side / 2 + random.uniform(-0.06, 0.06) * side;
  const peak = [frames / 2 + random.uniform(-0.12, 0.12) * frames, middle(), middle()] as const;
  const gaps = happens(measured.gaps) ? drawGaps(side, pixelsPerFringe, random) : [];
  const stopped = happens(measured.beamStops);
  const stop = stopped ? drawStop(peak, side, pixelsPerFringe, random) : [];
  const some = (share: number, most: number): number[] =>
    happens(share) ? Array.from({ length: 1 + random.integer(most) }, () => random.integer(frames)) : [];
  return {
    energyEv,
    distanceM: distance * larger,
    pixelM: PIXEL_M * larger,
    fringe: (2 * Math.PI) / apparent,
    pixelsPerFringe,
    framesPerFringe,
    fringes,
    frames,
    side,
    peak,
    counts: logarithmic(exposure.counts),
    background: random.uniform(...exposure.background) ** 2,
    coherence,
    gaps: [...gaps, ...stop],
    stopped,
    hotPixels: random.integer(8),
    deadPixels: random.integer(8),
    dark: some(measured.dark, 2),
    dropped: some(measured.dropped, 4),
    neighbour: happens(measured.neighbours) ? logarithmic([0.03, 1]) : null,
  };
}
