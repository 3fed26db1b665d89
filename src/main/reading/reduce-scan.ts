import { BraggwatchError, warning, type Warning } from '@contract/errors';
import { percent, wholePercent } from '@contract/percent';
import { fixed } from '@core/math/fixed';
import { createQMap, type ScanGeometry } from '@core/geometry/q';
import type { DetectorCut } from '@core/reduce/detector-cut';
import type { FrameMasks } from '@core/reduce/frame-masks';
import { normalise, type Vec3 } from '@core/math/vector';
import { exposureOf, type Exposure } from '@core/reduce/exposure';
import { countsOfBeam, faultsOf, findMask, type PixelMask } from '@core/reduce/mask';
import { findPedestal } from '@core/reduce/pedestal';
import { reduceScan, type ReducedScan } from '@core/reduce/reduce';
import { geometryOnAxis } from '@core/reduce/rocking';
import type { DetectorPart, ReducedRecord, Setup } from '@main/nexus/record';
import type { ScanFacts, ScanSource } from '@main/scan/types';
import { knownMask } from './detector';
import { readFrames } from './frames';
import type { ScanFrames } from './scan-frames';
import type { FollowedScans } from './followed';
import { completeGeometry, type CompleteGeometry } from './geometry';
import { readMonitor, type Monitored } from './monitor';
import { listed, orderOf, planFrames } from './plan';
import { reduceVolume } from './reduce-volume';
import { reflectionOf } from './reflection';
import { rockingScan } from './rocking-scan';
import { CROPPED_SHARE, MUCH_HIDDEN, SOME_HIDDEN, volumeOf, type ReduceOptions } from './volume';

/** More invalid pixels than this share cannot be masked away. */
const INVALID_SHARE = 0.2;
const NEAR_SATURATION = 0.8;
const NEARLY_ALL = 0.8;

/**
 * Reads an open scan and reduces it (DESIGN section 4, steps 2 to 5).
 * @param followed scans under way: of those only the frames are read that are new
 * @throws BraggwatchError frames-missing, geometry-incomplete, not-a-rocking-curve, counts-invalid, peak-absent, peak-saturated, peak-at-edge
 */
export function reduceSource(source: ScanSource, wishes: ReduceOptions, followed?: FollowedScans): ReducedRecord {
  const start = performance.now();
  if (source.orthogonal) return reduceVolume(source, source.orthogonal, wishes);
  const { facts, motor, masks: given, frames } = rockingScan(source, wishes);
  const options = { ...wishes, file: facts.geometry };
  const complete = completeGeometry(facts, options);
  const positions = motor.positions.slice(0, frames);
  const pass = followed?.passOf(source, given, positions);
  const scan = readFrames(source, frames, { masks: given, order: orderOf(positions), pass });
  const { statistics, masks } = scan;
  const plan = planFrames(motor.positions, scan, masks);
  const known = knownMask(facts, complete.detector, complete.roiStart, given?.common);
  const mask = findMask(statistics, known, source.typeMaximum);
  assertCounts(scan, mask);
  const pedestal = findPedestal(statistics, mask.pixels);
  const beam = countsOfBeam(statistics, mask.pixels, pedestal);
  const { sums, noise } = beam;
  const monitor = readMonitor(facts.monitor?.counts, sums, facts.framesPresent);
  const measured = orderOf([...plan.positions]).filter((f) => !plan.unmeasured.has(f));
  const exposure = exposureOf(facts.beam ?? [], sums, measured, monitor.scale && facts.monitor?.counts);
  const scale = exposure.factors?.map((factor, f) => factor * (monitor.scale?.[f] ?? 1)) ?? monitor.scale;
  const saturation = Math.min(
    options.file?.saturation ?? facts.saturation ?? complete.detector.saturation,
    source.typeMaximum ?? Infinity,
  );
  // Peak, saturation and hot pixels are judged on what the detector counted, the volume is made of corrected counts.
  const { cut, atOnce } = scan.open(mask.pixels, { frames: scale, pixels: flatOf(source), offset: pedestal });
  const reduced = reduceScan(
    {
      statistics,
      mask: mask.pixels,
      map: createQMap(complete.geometry),
      rocking: {
        positions: plan.positions,
        unmeasured: new Set([...plan.unmeasured, ...monitor.lost]),
        sums: sums.map((counts, f) => counts * (exposure.factors?.[f] ?? 1)),
        noise,
        beam,
        exposure: exposure.factors,
        scale,
        mapOn: (axis) => createQMap(geometryOnAxis(complete.geometry, axis)),
      },
      saturation,
      pedestal,
      ...{ cut, atOnce },
    },
    options,
  );
  if ('refused' in reduced)
    throw new BraggwatchError(reduced.refused, [reduced.detail, ...maskDoubts(source, given)].join('; '));

  // Frames for which there is room may still come, whatever the end marker says.
  const partial = !facts.whole && (!facts.ended || (facts.framesEmpty ?? 0) > 0);
  const warnings = [
    ...facts.warnings,
    ...complete.warnings.filter(({ code }) => code !== 'region-unknown' || !showsGaps(mask)),
    ...maskWarnings(mask, source, given),
    ...countWarnings(scan),
    ...plan.warnings,
    ...reductionWarnings(reduced, saturation, monitor.lost),
    ...monitorWarnings(facts.monitor?.name, monitor),
    ...exposureWarnings(exposure, reduced, pedestal),
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
    ...(reduced.detector && { detector: partOf(reduced.detector, complete.geometry) }),
    reduction: {
      method: options.method,
      frames,
      peak: [...peak],
      q: reduced.q,
      dAngstrom: (2 * Math.PI) / reduced.q,
      voxelInvAngstrom: reduced.target.voxel,
      oversampling: reduced.oversampling,
      measuredOversampling: reduced.measuredOversampling,
      qDirection: [...normalise(reduced.target.centre)],
    },
    setup: setupOf(complete, wishes.preset.name),
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
      ...(isUneven(exposure, reduced) ? ['exposure' as const] : []),
    ],
    rockingCurve: { motor: motor.name, positions: Array.from(plan.positions), counts: [...statistics.frameSums] },
    warnings: [...warnings, ...doubtful],
    timings: { read: scan.readMs(), reduce: performance.now() - start - scan.readMs() },
  };
}

const setupOf = ({ geometry, detector, element }: CompleteGeometry, beamline: string): Setup => ({
  ...{ beamline, detector: detector.name, element },
  ...{ energyEv: geometry.energyEv, distanceM: geometry.distanceM },
  ...{ pixelM: geometry.pixelM, directBeam: geometry.directBeam },
});

function partialWarning({ framesExpected, framesEmpty = 0 }: ScanFacts, frames: number): Warning {
  const empty = framesEmpty > 0 ? `; the last ${framesEmpty} hold nothing` : '';
  return warning('partial-scan', `${frames} of ${framesExpected || 'an unknown number of'} frames${empty}.`);
}

/** @throws BraggwatchError counts-invalid where so much is no count that nothing could be made of the rest */
function assertCounts({ uncounted: { share } }: ScanFrames, { invalid, pixels }: PixelMask): void {
  if (invalid > INVALID_SHARE * pixels.length)
    throw new BraggwatchError('counts-invalid', `${invalid} of ${pixels.length} pixels`);
  if (share > INVALID_SHARE) throw new BraggwatchError('counts-invalid', `${percent(share)} of all frames' pixels`);
}

/** What there is to say of values that are no counts in single frames. */
function countWarnings({ statistics: { belowZero, rows, cols, frames }, uncounted: { own } }: ScanFrames): Warning[] {
  const warnings: Warning[] = [];
  const lacking = [...own.keys()].sort((a, b) => a - b);
  if (lacking.length > 0) {
    const pixels = [...own.values()].reduce((sum, list) => sum + list.length, 0);
    warnings.push(warning('counts-masked-in-frames', `${pixels} in ${lacking.length} frames, from ${lacking[0]} on.`));
  }
  if (belowZero > 0) warnings.push(warning('counts-below-zero', `${percent(belowZero / (frames * rows * cols))}.`));
  return warnings;
}

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

/** Whether the frames were exposed differently, and the counts could not be brought to one exposure. */
const isUneven = ({ unclear }: Exposure, { steps, isEvened }: ReducedScan): boolean =>
  !isEvened && steps.length + unclear.length > 0;

/** What there is to say of how the frames were exposed. */
function exposureWarnings(
  { used, unclear }: Exposure,
  { steps, isEvened }: Pick<ReducedScan, 'steps' | 'isEvened'>,
  pedestal: number,
): Warning[] {
  const warnings: Warning[] = [];
  if (pedestal > 0) warnings.push(warning('pedestal-taken', `${fixed(pedestal, 1)} counts a pixel.`));
  if (used.length > 0) warnings.push(warning('exposure-divided', `By ${used.join('; ')}.`));
  for (const { name, frames, step } of unclear)
    warnings.push(
      warning('exposure-unclear', `${name}: from ${listed(frames)} on, counts change by ${fixed(step, 1)}.`),
    );
  if (steps.length > 0) {
    const said = steps.map(({ frame, ratio }) => `from frame ${frame} on ${fixed(ratio, 2)} times as many`);
    warnings.push(warning(isEvened ? 'exposure-evened' : 'exposure-steps', `${said.join(', ')}.`));
  }
  return warnings;
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

const partOf = (cut: DetectorCut, { energyEv, distanceM, pixelM }: ScanGeometry): DetectorPart => ({
  ...cut,
  energyEv,
  distanceM,
  pixelM,
});
