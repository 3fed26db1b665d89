import { readFileSync, statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';
import { geometryFileSchema, type GeometryFile } from '@contract/geometry';
import { geometryPlaces } from './beside';
import type { ScanFacts } from './types';
import { isFile } from '@main/files/stat';

const MAX_BYTES = 4_000_000;

/**
 * The geometry file beside a scan.
 * @throws BraggwatchError geometry-invalid
 */
export function findGeometry(source: string): GeometryFile | undefined {
  const path = geometryPlaces(source).find(isFile);
  if (path === undefined) return undefined;
  if (statSync(path).size > MAX_BYTES) throw new BraggwatchError('geometry-invalid', `${path} is too large`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new BraggwatchError('geometry-invalid', `${path} is no JSON`, { cause });
  }
  const parsed = geometryFileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BraggwatchError('geometry-invalid', `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

type Facts = Pick<
  ScanFacts,
  | 'motor'
  | 'positions'
  | 'geometry'
  | 'energyEv'
  | 'distanceM'
  | 'directBeam'
  | 'roiStart'
  | 'pixelM'
  | 'detectorName'
  | 'element'
  | 'hkl'
>;

/** What a geometry file says, as if the scan had recorded it. The scanned motor is the one with a list of positions. */
export function factsOf(geometry: GeometryFile | undefined): Facts {
  const positions: Record<string, number | Float64Array> = {};
  if (!geometry) return { positions };
  for (const [name, value] of Object.entries(geometry.positions ?? {})) {
    positions[name] = typeof value === 'number' ? value : Float64Array.from(value);
  }
  const motor = Object.keys(positions).find((name) => typeof positions[name] !== 'number');
  // null stands for an answer that was asked for and not known.
  const known = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
  const { energyEv, distanceM, directBeam, roiStart, detectorPixelM, detector, element, hkl } = geometry;
  return {
    geometry,
    positions,
    ...(known(motor) && { motor }),
    ...(known(energyEv) && { energyEv }),
    ...(known(distanceM) && { distanceM }),
    ...(known(directBeam) && { directBeam }),
    ...(known(roiStart) && { roiStart }),
    ...(known(detectorPixelM) && { pixelM: detectorPixelM }),
    ...(known(detector) && { detectorName: detector }),
    ...(known(element) && { element }),
    ...(known(hkl) && { hkl }),
  };
}
