import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { wholePercent } from '@contract/percent';
import type { GeometryUsed } from '@contract/scan';
import { scale } from '@core/math/vector';
import { standardise, type OrthogonalVolume, type StandardVolume } from '@core/reduce/orthogonal';
import { VOXEL_GIVEN, type ReducedRecord } from '@main/nexus/record';
import type { FoundVolume } from '@main/scan/orthogonal/volume';
import type { ScanSource } from '@main/scan/types';
import type { GeometrySources } from './geometry';
import { reflectionOf } from './reflection';
import { CROPPED_SHARE, MUCH_HIDDEN, SOME_HIDDEN, volumeOf, type ReduceOptions } from './volume';

/** A crystal's size where nothing tells the volume's scale, angstrom; the network does not look at it. */
const USUAL_SIZE = 1000;

/**
 * The standard volume of a file that holds one on an orthogonal grid: no detector, no motors.
 * @throws BraggwatchError peak-absent, peak-at-edge, peak-hidden, not-counts
 */
export function reduceVolume(source: ScanSource, found: FoundVolume, options: ReduceOptions): ReducedRecord {
  const start = performance.now();
  const { facts } = source;
  const { made, given } = scaled(found, options);
  const named = { ...facts, ...known(options) };
  const spacing = made.q > 0 ? (2 * Math.PI) / made.q : undefined;
  const { hkl, warnings: doubtful } = reflectionOf({ element: named.element, hkl: named.hkl, spacing });
  return {
    facts,
    volume: volumeOf(made, options.frame),
    ...(made.unblurred && { unblurred: made.unblurred }),
    reduction: {
      method: 'linear',
      frames: facts.framesPresent,
      peak: [...made.peak],
      ...(spacing !== undefined && { q: made.q, dAngstrom: spacing }),
      voxelInvAngstrom: made.target.voxel,
      oversampling: made.oversampling,
      measuredOversampling: made.measuredOversampling,
    },
    geometry: geometryOf(given, made, found.scaled),
    hkl,
    faults: { hot: [], dead: [], columns: facts.frameShape[1] },
    doubts: [
      ...(made.hidden > MUCH_HIDDEN ? (['unmeasured'] as const) : []),
      ...(found.assumed ? (['frame-assumed'] as const) : []),
    ],
    rockingCurve: planes(given),
    warnings: [...facts.warnings, ...warningsOf(made), ...doubtful],
    timings: { read: 0, reduce: performance.now() - start },
  };
}

/** The standard volume; one of unknown scale as if the crystal were of the usual size. */
function scaled(
  { volume, scaled: isScaled }: FoundVolume,
  options: ReduceOptions,
): { made: StandardVolume; given: OrthogonalVolume } {
  const made = standardise(volume, options.frame, options.unblurred);
  if ('refused' in made) throw new BraggwatchError(made.refused, made.detail);
  if (isScaled) return { made, given: volume };
  const factor = made.sizeAngstrom / USUAL_SIZE;
  const { target } = made;
  return {
    made: {
      ...made,
      sizeAngstrom: USUAL_SIZE,
      target: { ...target, voxel: factor * target.voxel, centre: scale(target.centre, factor) },
    },
    given: { ...volume, origin: scale(volume.origin, factor), step: scale(volume.step, factor) },
  };
}

/** Element and reflection that were given or answered. */
function known({ file, answers }: GeometrySources): {
  element?: string;
  hkl?: readonly [number, number, number];
} {
  const element = file?.element ?? answers.element;
  const hkl = file?.hkl ?? answers.hkl;
  return { ...(element && { element }), ...(hkl && { hkl }) };
}

function geometryOf({ shape, step }: OrthogonalVolume, made: StandardVolume, isScaled: boolean): GeometryUsed {
  const axis = step.map((s) => Math.abs(s).toExponential(3)).join(' x ');
  return [
    { name: 'volume', value: shape.join(' x '), from: 'file' },
    { name: VOXEL_GIVEN, value: `${axis} 1/angstrom`, from: isScaled ? 'file' : 'assumed' },
    { name: 'taken', value: made.asItIs ? 'voxel by voxel' : 'resampled', from: 'computed' },
    {
      name: 'crystal size (cube root of volume)',
      value: `${(made.sizeAngstrom / 10).toFixed(0)} nm`,
      from: isScaled ? 'computed' : 'assumed',
    },
    { name: 'oversampling as measured', value: made.measuredOversampling.toFixed(2), from: 'computed' },
  ];
}

/** Sums of the planes along the first axis, in place of a rocking curve. */
function planes({ shape, intensity, origin, step }: OrthogonalVolume): ReducedRecord['rockingCurve'] {
  const pixels = shape[1] * shape[2];
  const sumOf = (f: number): number =>
    intensity.subarray(f * pixels, (f + 1) * pixels).reduce((sum, value) => sum + (value > 0 ? value : 0), 0);
  const all = Array.from({ length: shape[0] }, (_, f) => f);
  return { motor: 'first axis', positions: all.map((f) => origin[0] + f * step[0]), counts: all.map(sumOf) };
}

function warningsOf(made: StandardVolume): Warning[] {
  return [
    ...(made.hidden > SOME_HIDDEN ? [warning('peak-filled', `${wholePercent(made.hidden)} of its amplitude.`)] : []),
    ...(made.outside > CROPPED_SHARE ? [warning('peak-cropped', `${wholePercent(made.outside)} of the volume.`)] : []),
    ...(made.measuredOversampling < 2
      ? [warning('undersampled', `${made.measuredOversampling.toFixed(2)} points per fringe.`)]
      : []),
  ];
}
