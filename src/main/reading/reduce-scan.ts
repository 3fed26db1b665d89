import { basename } from 'node:path';
import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { percent, wholePercent } from '@contract/percent';
import type { FormatName } from '@contract/scan';
import { fixed } from '@core/math/fixed';
import { createQMap } from '@core/geometry/q';
import type { FrameMasks } from '@core/reduce/frame-masks';
import type { Vec3 } from '@core/math/vector';
import { faultsOf, findMask, type PixelMask } from '@core/reduce/mask';
import { reduceScan, type ReducedScan } from '@core/reduce/reduce';
import { geometryOnAxis } from '@core/reduce/rocking';
import type { ReducedRecord } from '@main/nexus/record';
import { geometryPlaces } from '@main/scan/beside';
import { withGeometry } from '@main/scan/given';
import { isEnergy, lookUp } from '@main/scan/motor';
import { isEnough } from '@main/scan/pairing';
import { rockingNames } from '@main/scan/presets';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import { knownMask } from './detector';
import { readFrames } from './frames';
import { completeGeometry, type GeometrySources } from './geometry';
import { readMonitor, type Monitored } from './monitor';
import { listed, orderOf, planFrames } from './plan';
import { frameMasks } from './read-into';
import { reduceVolume } from './reduce-volume';
import { reflectionOf } from './reflection';
import { CROPPED_SHARE, MUCH_HIDDEN, SOME_HIDDEN, volumeOf, type ReduceOptions } from './volume';

const FEWEST_FRAMES = 8;
/** Formats that do not record what was scanned: a geometry file beside them does. */
const NEEDS_GEOMETRY: ReadonlySet<FormatName> = new Set(['npz', 'mat', 'tiff', 'cxi']);
/** Of the rocking motor's positions so many must be numbers. */
const MOST_READ = 0.8;
/** More invalid pixels than this share cannot be masked away. */
const INVALID_SHARE = 0.2;
const NEAR_SATURATION = 0.8;
const NEARLY_ALL = 0.8;

/**
 * Reads an open scan and reduces it (DESIGN section 4, steps 2 to 5).
 * @throws BraggwatchError frames-missing, geometry-incomplete, not-a-rocking-curve, counts-invalid, peak-absent, peak-saturated, peak-at-edge
 */
export function reduceSource(source: ScanSource, wishes: ReduceOptions): ReducedRecord {
  const start = performance.now();
  if (source.orthogonal) return reduceVolume(source, source.orthogonal, wishes);
  // A geometry file beside the scan counts unless the command gives another word.
  const facts = withGeometry(source.facts, wishes.file);
  const options = { ...wishes, file: facts.geometry };
  assertEnoughFrames(facts);
  const motor = checkRocking(facts, options);
  const complete = completeGeometry(facts, options);
  const masks = frameMasks(source);
  const frames = Math.min(facts.framesPresent, motor.positions.length);
  const scan = readFrames(source, frames, { masks, order: orderOf(motor.positions.slice(0, frames)) });
  const { statistics } = scan;
  const plan = planFrames(motor.positions, scan, masks);
  const known = knownMask(facts, complete.detector, complete.roiStart, masks?.common);
  const mask = findMask(statistics, known, source.typeMaximum);
  if (mask.invalid > INVALID_SHARE * mask.pixels.length) {
    throw new BraggwatchError('counts-invalid', `${mask.invalid} of ${mask.pixels.length} pixels`);
  }
  const monitor = readMonitor(facts.monitor?.counts, statistics.frameSums);
  const saturation = Math.min(
    options.file?.saturation ?? facts.saturation ?? complete.detector.saturation,
    source.typeMaximum ?? Infinity,
  );
  // Peak, saturation and hot pixels are judged on what the detector counted, the volume is made of corrected counts.
  const { cut, sums } = scan.open(mask.pixels, { frames: monitor.scale, pixels: flatOf(source) });
  const reduced = reduceScan(
    {
      statistics,
      mask: mask.pixels,
      map: createQMap(complete.geometry),
      rocking: {
        positions: plan.positions,
        unmeasured: new Set([...plan.unmeasured, ...monitor.lost]),
        sums,
        mapOn: (axis) => createQMap(geometryOnAxis(complete.geometry, axis)),
      },
      saturation,
      cut,
    },
    options,
  );
  if ('refused' in reduced)
    throw new BraggwatchError(reduced.refused, [reduced.detail, ...maskDoubts(source, masks)].join('; '));

  // Frames for which there is room may still come, whatever the end marker says.
  const partial = !facts.whole && (!facts.ended || (facts.framesEmpty ?? 0) > 0);
  const warnings = [
    ...facts.warnings,
    ...complete.warnings.filter(({ code }) => code !== 'region-unknown' || !showsGaps(mask)),
    ...maskWarnings(mask, source, masks),
    ...plan.warnings,
    ...reductionWarnings(reduced, saturation, monitor.lost),
    ...monitorWarnings(facts.monitor?.name, monitor),
    ...(partial ? [partialWarning(facts, frames)] : []),
  ];
  const { brightest } = reduced.peak;
  const peak: Vec3 = [brightest.frame, brightest.row, brightest.col];
  const { hkl, warnings: doubtful } = reflectionOf({
    element: complete.element,
    hkl: complete.hkl,
    spacing: (2 * Math.PI) / reduced.q,
    from: { geometry: complete.geometry, peak },
  });
  return {
    facts,
    volume: volumeOf(reduced, options.frame),
    ...(reduced.unblurred && { unblurred: reduced.unblurred }),
    reduction: {
      method: options.method,
      frames,
      peak: [...peak],
      q: reduced.q,
      dAngstrom: (2 * Math.PI) / reduced.q,
      voxelInvAngstrom: reduced.target.voxel,
      oversampling: reduced.oversampling,
      measuredOversampling: reduced.measuredOversampling,
    },
    geometry: [
      ...complete.used,
      {
        name: 'crystal size (cube root of volume)',
        value: `${(reduced.sizeAngstrom / 10).toFixed(0)} nm`,
        from: 'computed',
      },
      { name: 'oversampling as measured', value: reduced.measuredOversampling.toFixed(2), from: 'computed' },
    ],
    hkl,
    faults: faultsOf(mask, facts.frameShape[1]),
    doubts: [
      ...(reduced.hidden > MUCH_HIDDEN ? ['unmeasured' as const] : []),
      ...(partial ? ['partial' as const] : []),
    ],
    rockingCurve: { motor: motor.name, positions: Array.from(plan.positions), counts: [...statistics.frameSums] },
    warnings: [...warnings, ...doubtful],
    timings: { read: scan.readMs(), reduce: performance.now() - start - scan.readMs() },
  };
}

function partialWarning({ framesExpected, framesEmpty = 0 }: ScanFacts, frames: number): Warning {
  const empty = framesEmpty > 0 ? `; the last ${framesEmpty} hold nothing` : '';
  return warning('partial-scan', `${frames} of ${framesExpected || 'an unknown number of'} frames${empty}.`);
}

/** Refuses an ended scan of which files are named that are not there, or too little is: a scan that was stopped is judged with what it has. */
export function assertEnoughFrames({ ended, whole, missing = [], framesPresent, framesExpected }: ScanFacts): void {
  const none = framesPresent === 0 && missing.length > 0;
  if ((!ended && !none) || whole || (missing.length === 0 && isEnough(framesPresent, framesExpected))) return;
  const files = missing.join(', ');
  throw new BraggwatchError('frames-missing', files || `${framesPresent} of ${framesExpected} frames`);
}

/** The scanned motor and its positions, or why this is no rocking curve. */
function checkRocking(facts: ScanFacts, { preset, file }: GeometrySources): { name: string; positions: number[] } {
  const refuse = (detail: string): never => {
    throw new BraggwatchError('not-a-rocking-curve', detail);
  };
  const own = facts.transformations?.sample.map(({ motor }) => motor) ?? [];
  const rocking = [...rockingNames(preset), ...own].map((name) => name.toLowerCase());
  const name = facts.motor;
  if (name === undefined) {
    // A stack of frames alone: what it lacks can still come.
    if (NEEDS_GEOMETRY.has(facts.ref.format)) throw new BraggwatchError('geometry-incomplete', noPositions(facts));
    return refuse(facts.title || 'no scanned motor');
  }
  const given = lookUp(file?.positions, name);
  const isListed = typeof given === 'object';
  if (isListed) checkListed(facts, name, given.length);
  if (!isListed && !isEnergy(name) && !rocking.includes(name.toLowerCase()))
    refuse(`${name} is no rocking motor of ${preset.label}`);
  const value = lookUp(facts.positions, name);
  if (value === undefined || typeof value === 'number') return refuse(`the positions of ${name} are not recorded`);
  const positions = [...value].slice(0, facts.framesPresent);
  if (positions.length < FEWEST_FRAMES) refuse(`${positions.length} points`);
  const read = positions.filter(Number.isFinite);
  if (read.length < MOST_READ * positions.length)
    refuse(`${positions.length - read.length} of ${positions.length} positions of ${name} cannot be read`);
  if (read.every((at) => at === read[0])) refuse(`${name} did not move`);
  return { name, positions };
}

/** Positions of a geometry file are the frames' only if there are as many, those that may still come included. */
function checkListed(facts: ScanFacts, motor: string, positions: number): void {
  const { framesPresent, framesEmpty = 0, whole, ended = false } = facts;
  const frames = framesPresent + framesEmpty;
  const fits = whole || ended ? positions === frames : positions >= framesPresent;
  if (!fits) throw new BraggwatchError('points-mismatch', `${positions} positions of ${motor}, ${frames} frames`);
}

const noPositions = ({ ref: { source } }: ScanFacts): string =>
  `the positions of the rocking motor: ${geometryPlaces(source)
    .map((path) => basename(path))
    .join(' or ')} beside ${basename(source)}`;

/** The white field, if it fits the frames. */
const flatOf = ({ flat, facts }: ScanSource): Float32Array | undefined =>
  flat?.length === facts.frameShape[0] * facts.frameShape[1] ? flat : undefined;

/** Whether the frames themselves tell where a gap lies. */
const showsGaps = ({ bands }: PixelMask): boolean => bands.rows.length + bands.cols.length > 0;

function maskWarnings(
  mask: PixelMask,
  { unfitMask, turnedMask, facts }: ScanSource,
  masks: FrameMasks | undefined,
): Warning[] {
  const warnings: Warning[] = [];
  if (mask.hot > 0) warnings.push(warning('hot-pixels', `${mask.hot} of them.`));
  if (mask.dead > 0) warnings.push(warning('dead-pixels', `${mask.dead} of them.`));
  if (showsGaps(mask)) warnings.push(warning('gaps-found', `${bandsOf(mask)}.`));
  if (mask.invalid > 0) warnings.push(warning('counts-masked', `${mask.invalid} pixels.`));
  if (unfitMask) warnings.push(warning('mask-unfit', `Mask ${unfitMask.join(' x ')}, frames ${shapeOf(facts)}.`));
  if (turnedMask) warnings.push(warning('mask-turned', `Mask ${turnedMask.join(' x ')}, frames ${shapeOf(facts)}.`));
  const masked = maskedShare(masks);
  if (masked > NEARLY_ALL) warnings.push(warning('mask-nearly-all', `${percent(masked)} of the pixels.`));
  return warnings;
}

const bandsOf = ({ bands }: PixelMask): string =>
  (['rows', 'cols'] as const)
    .flatMap((side) =>
      bands[side].map(([first, last]) => `${side === 'rows' ? 'rows' : 'columns'} ${first} to ${last - 1}`),
    )
    .join(', ');

/** Share of the pixels that the file's mask leaves out in every frame. */
const maskedShare = (masks: FrameMasks | undefined): number =>
  masks ? masks.common.reduce((sum, m) => sum + m, 0) / masks.common.length : 0;

const shapeOf = ({ framesPresent, frameShape }: ScanFacts): string => [framesPresent, ...frameShape].join(' x ');

/** What a mask may have to do with a refusal. */
function maskDoubts({ unfitMask, facts }: ScanSource, masks: FrameMasks | undefined): string[] {
  if (unfitMask) return [`the file's mask, ${unfitMask.join(' x ')}, does not fit the frames, ${shapeOf(facts)}`];
  const masked = maskedShare(masks);
  if (masked <= NEARLY_ALL) return [];
  return [`the file's mask covers ${percent(masked)} of the pixels, 1 being taken as masked`];
}

function monitorWarnings(name: string | undefined, { scale, unread, unreliable }: Monitored): Warning[] {
  if (name === undefined) return [warning('monitor-missing')];
  if (!scale) return [warning('monitor-unreliable', `${name}: ${unreliable ?? ''}; the frames were not normalised.`)];
  if (unread.length === 0) return [];
  return [warning('monitor-unreliable', `${name} has no count: ${listed(unread)}; the others were normalised.`)];
}

function reductionWarnings(reduced: ReducedScan, saturation: number, lost: readonly number[]): Warning[] {
  const warnings: Warning[] = [];
  const dark = [...new Set([...reduced.dark, ...lost])].sort((a, b) => a - b);
  if (dark.length > 0) warnings.push(warning('frames-dark', `${listed(dark)}.`));
  const [least, most] = reduced.axis?.spacing ?? [1, 1];
  if (reduced.axis && (least < 0.5 || most > 1.5))
    warnings.push(warning('steps-uneven', `From ${fixed(least, 2)} to ${fixed(most, 2)} of the usual step.`));
  if (reduced.hidden > SOME_HIDDEN)
    warnings.push(warning('peak-filled', `${wholePercent(reduced.hidden)} of its amplitude.`));
  const { passed } = reduced.peak;
  if (passed.length > 0)
    warnings.push(warning('spots-passed', `At ${passed.map(([r, c]) => `row ${r}, column ${c}`).join('; ')}.`));
  const { counts } = reduced.peak.brightest;
  if (counts >= NEAR_SATURATION * saturation)
    warnings.push(warning('nearly-saturated', `${counts.toFixed(0)} of ${saturation} counts.`));
  if (reduced.outside > CROPPED_SHARE)
    warnings.push(warning('peak-cropped', `${wholePercent(reduced.outside)} of the volume.`));
  if (reduced.measuredOversampling < 2)
    warnings.push(warning('undersampled', `${reduced.measuredOversampling.toFixed(2)} points per fringe.`));
  return warnings;
}
