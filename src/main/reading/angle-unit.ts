import { BraggwatchError } from '@contract/errors';
import { createQMap, type ScanGeometry } from '@core/geometry/q';
import { norm } from '@core/math/vector';
import type { ScanFacts } from '@main/scan/types';
import { middle } from './circles';

/** Bragg reflections have lattice spacings below the first, angstrom; detectors are not set up for spacings above the second. */
const MOST_SPACING = [15, 40] as const;

/**
 * Angles in radians make a detector that looks next to the direct beam.
 * @param motors of the detector's circles
 * @throws BraggwatchError geometry-invalid where the frames' middle cannot hold a reflection, and would with angles in radians
 */
export function checkUnit(
  geometry: ScanGeometry,
  { framesPresent, frameShape }: ScanFacts,
  motors: readonly string[],
): void {
  const angles = geometry.detectorAngles.map((each) => (typeof each === 'number' ? each : middle(each)));
  const spacing = (factor: number): number => {
    const turned = geometry.sampleAngles.map((each) => [factor * middle(each)]);
    const map = createQMap({
      ...geometry,
      sampleAngles: turned,
      detectorAngles: angles.map((angle) => factor * angle),
    });
    return (2 * Math.PI) / norm(map.at(0, frameShape[0] / 2, frameShape[1] / 2));
  };
  if (framesPresent === 0 || angles.every((angle) => angle === 0) || angles.some((angle) => Math.abs(angle) > Math.PI))
    return;
  const [own, turned] = [spacing(1), spacing(180 / Math.PI)];
  if (own < MOST_SPACING[1] || turned > MOST_SPACING[0]) return;
  const said = motors.map((motor, i) => `${motor} ${angles[i]!.toFixed(4)}`).join(', ');
  throw new BraggwatchError(
    'geometry-invalid',
    `with the detector at ${said} deg d is ${own.toFixed(0)} angstrom; in radians it would be ${turned.toFixed(3)}: give angles in degrees`,
  );
}
