import { BraggwatchError } from '@contract/errors';
import { floatsOf } from '@contract/floats';
import type { Volume } from '@contract/volume';
import { add, norm, scale, subtract, type Vec3 } from '@core/math/vector';
import { normaliseMaximum } from '@core/reduce/centre';
import { hiddenShare } from '@core/reduce/settle';
import { SIZE } from '@core/reduce/target';
import { ALIKE, sumRepeats, VOXELS_ALIKE, type RepeatPart } from '@core/repeats/sum';
import type { Doubt } from '@vocabulary/doubts';
import { MUCH_HIDDEN } from './volume';

/** One repeat's reduced volume. */
export interface RepeatVolume {
  /** By which it is named where there is something to say. */
  readonly scan: string;
  readonly volume: Volume;
  /** Counts of its peak, by which it weighs. */
  readonly counts: number;
}

/** What several repeats were summed to. */
export interface SummedVolume {
  /** Maximum 1, along the axes of the one with most counts. */
  readonly volume: Volume;
  readonly counts: number;
  /** What its volume brings along that no verdict on it can be sure of. */
  readonly doubts: readonly Doubt[];
  /** In the order given. */
  readonly parts: readonly RepeatPart[];
}

/** Scattering vectors that differ by more than this part are of other reflections: the nearest of fcc differ by 0.15. */
const SAME_Q = 0.05;

/**
 * Lays repeats of one reflection upon each other and sums them.
 * @throws BraggwatchError repeats-differ where they are of several reflections, repeats-disagree where no more than half of them are alike
 */
export function sumVolumes(repeats: readonly RepeatVolume[]): SummedVolume {
  const brightest = brightestOf(repeats);
  const q = middleOf(brightest.volume);
  const others = repeats.filter(({ volume }) => norm(subtract(middleOf(volume), q)) > SAME_Q * norm(q));
  if (others.length > 0) throw new BraggwatchError('repeats-differ', `${brightest.scan} and ${named(others)}`);
  const sum = sumRepeats(
    repeats.map(({ volume, counts }) => ({
      ...{ intensity: floatsOf(volume.intensity), mask: volume.mask, voxel: volume.voxel, counts },
    })),
  );
  if ('refused' in sum) {
    const apart = repeats.filter((_, n) => sum.parts[n]!.left === 'voxel');
    const limits =
      sum.refused === 'disagree'
        ? `of ${named(repeats)} no more than half correlate by ${ALIKE}`
        : `the voxels of ${named(apart)} differ by more than ${100 * VOXELS_ALIKE} %`;
    throw new BraggwatchError('repeats-disagree', limits);
  }
  const { intensity, mask, voxel, counts, parts } = sum;
  const kept = repeats.flatMap((repeat, n) => (parts[n]!.left ? [] : [{ ...repeat, shift: parts[n]!.shift! }]));
  const first = brightestOf(kept);
  const peak = intensity.reduce((most, each) => Math.max(most, each), 0);
  normaliseMaximum(intensity);
  return {
    volume: {
      ...first.volume,
      intensity: new Uint8Array(intensity.buffer),
      mask,
      voxel,
      // What lies at the sum's index 32 lies in it at 32 plus its shift.
      origin: first.volume.origin.map(
        (start, axis) => start + (SIZE / 2) * first.volume.voxel - (SIZE / 2 - first.shift[axis]!) * voxel,
      ) as [number, number, number],
    },
    counts,
    doubts: hiddenShare({ intensity, mask }, peak) > MUCH_HIDDEN ? ['unmeasured'] : [],
    parts,
  };
}

const brightestOf = <T extends RepeatVolume>(repeats: readonly T[]): T =>
  repeats.reduce((most, each) => (each.counts > most.counts ? each : most));

const named = (repeats: readonly RepeatVolume[]): string => repeats.map(({ scan }) => scan).join(', ');

/** Q at the volume's middle, sample frame. */
const middleOf = ({ frame, origin, voxel }: Volume): Vec3 =>
  frame
    .map((axis, n) => scale(axis, origin[n]! + (SIZE / 2) * voxel))
    .reduce<Vec3>((sum, part) => add(sum, part), [0, 0, 0]);
