import { BraggwatchError, warning } from '@contract/errors';
import type { Circle as NamedCircle, GeometryFile, Preset } from '@contract/geometry';
import { axisFromCxi, vectorFromCxi, type AnyAxis } from '@core/geometry/circles';
import type { ScanGeometry } from '@core/geometry/q';
import { lookUp } from '@main/scan/motor';
import type { RecordedCircle, ScanFacts } from '@main/scan/types';
import type { Origin, Origins } from './origins';
import { mendPositions } from './positions';

/** Motors that turn by less than this stand still: an encoder's noise, less than a pixel at a metre. */
const STILL_DEG = 2e-3;

/** A circle ready to turn: its axis in the frame of the science, and how its source says it. */
interface Circle extends Pick<NamedCircle, 'motor' | 'aliases' | 'offsetDeg' | 'mayBeAbsent'> {
  readonly axis: AnyAxis;
  readonly said: string;
}

interface Turned {
  readonly circles: Pick<ScanGeometry, 'sampleCircles' | 'sampleAngles' | 'detectorCircles' | 'detectorAngles'>;
  /** Of the detector's circles. */
  readonly detectorMotors: readonly string[];
}

/**
 * The circles of a scan, each with its angle at every frame. What nobody says is named among the origins' missing.
 * @param frames that have a place
 * @throws BraggwatchError geometry-invalid where angles are no numbers, or a moving motor was recorded for fewer points than there are frames
 */
export function turnCircles(
  facts: ScanFacts,
  { preset, file }: { readonly preset: Preset; readonly file?: GeometryFile | undefined },
  frames: number,
  origins: Origins,
): Turned {
  const own = facts.transformations;
  const from = (given: unknown): Origin => (given ? 'answer' : own ? 'file' : 'preset');
  const sample = (file?.sampleCircles ?? own?.sample ?? preset.sampleCircles).map(circleOf);
  const detector = (file?.detectorCircles ?? own?.detector ?? preset.detectorCircles).map(circleOf);
  // Axes and angles can come from two places: a row each, so that neither is taken for the other.
  const shown = (circles: readonly Circle[]): string => circles.map(({ motor, said }) => `${motor} ${said}`).join(', ');
  origins.note('sample circles', shown(sample), from(file?.sampleCircles));
  origins.note('detector circles', shown(detector), from(file?.detectorCircles));

  const anglesOf = (circle: Circle): Float64Array | readonly number[] => {
    const given = positionOf(file?.positions, circle);
    const value = given ?? positionOf(facts.positions, circle);
    if (value === undefined && circle.mayBeAbsent) {
      origins.note(circle.motor, '0 deg', 'assumed');
      origins.warnings.push(warning('circle-absent', `${circle.motor}: 0 deg.`));
      return [0];
    }
    if (value === undefined) {
      origins.missing.push(`position of ${circle.motor}`);
      return [0];
    }
    const angles = typeof value === 'number' ? [value] : [...value];
    if (!angles.some(Number.isFinite))
      throw new BraggwatchError('geometry-invalid', `a position of ${circle.motor} is no number`);
    const span = angles.length > 1 ? ` to ${angles.at(-1)!.toFixed(4)}` : '';
    origins.note(circle.motor, `${angles[0]!.toFixed(4)}${span} deg`, given === undefined ? 'file' : 'answer');
    return perFrame(angles, circle.motor, frames).map((angle) => angle - circle.offsetDeg);
  };
  const sampleAngles = sample.map(anglesOf);
  const detectorAngles = detector.map((circle) => {
    const angles = anglesOf(circle);
    const span = spanOf(angles);
    if (span <= STILL_DEG) return middle(angles);
    origins.warnings.push(warning('detector-moved', `${circle.motor} by ${span.toFixed(3)} deg.`));
    return angles;
  });
  return {
    circles: {
      sampleCircles: sample.map(({ axis }) => axis),
      sampleAngles,
      detectorCircles: detector.map(({ axis }) => axis),
      detectorAngles,
    },
    detectorMotors: detector.map(({ motor }) => motor),
  };
}

const circleOf = (circle: NamedCircle | RecordedCircle): Circle =>
  'vector' in circle
    ? {
        motor: circle.motor,
        offsetDeg: 0,
        axis: vectorFromCxi(circle.vector),
        said: `(${circle.vector.map((part) => Number(part.toFixed(4))).join(', ')})`,
      }
    : { ...circle, axis: axisFromCxi(circle.axis), said: circle.axis };

const positionOf = <T>(
  table: Readonly<Record<string, T>> | undefined,
  { motor, aliases = [] }: Circle,
): T | undefined => [motor, ...aliases].map((name) => lookUp(table, name)).find((value) => value !== undefined);

/** How far values lie apart. */
export const spanOf = (angles: ArrayLike<number>): number => {
  const values = Array.from(angles);
  return values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
};

/** That of the frame in the middle. */
export const middle = (angles: ArrayLike<number>): number => angles[angles.length >> 1] ?? 0;

/**
 * A motor's positions, one per frame or one for all; those that were not read are interpolated.
 * @throws BraggwatchError geometry-invalid where a moving motor was recorded for fewer points than there are frames
 */
export function perFrame(recorded: readonly number[], motor: string, frames: number): readonly number[] | Float64Array {
  if (recorded.length === 1) return recorded;
  const { positions } = mendPositions(recorded);
  if (positions.length >= frames) return positions.subarray(0, Math.max(1, frames));
  if (spanOf(positions) <= STILL_DEG) return [middle(positions)];
  throw new BraggwatchError('geometry-invalid', `${positions.length} positions of ${motor} for ${frames} frames`);
}
