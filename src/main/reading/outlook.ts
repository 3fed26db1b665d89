import type { GeometryOutlook, NearReflection } from '@contract/geometry-outlook';
import { beamForSpacing } from '@core/geometry/mend';
import { createQMap } from '@core/geometry/q';
import { norm, type Vec3 } from '@core/math/vector';
import { reflectionsNear } from '@core/verdict/reflection';
import { withGeometry } from '@main/scan/given';
import { isEnergy } from '@main/scan/motor';
import type { ScanFacts } from '@main/scan/types';
import { completeGeometry, type CompleteGeometry, type GeometrySources } from './geometry';

/** A reflection farther off is none that was meant. */
const NEAREST = 0.12;
/** More than one looks through to find the one that one knows. */
const MOST = 6;

/**
 * What a scan's files say of its geometry, what nobody says, and near which reflections its peak lies.
 * @param peak frame, row and column, where it was found
 */
export function geometryOutlook(
  found: ScanFacts,
  wishes: GeometrySources,
  peak: readonly [number, number, number] | undefined,
): GeometryOutlook {
  const facts = withGeometry(found, wishes.file);
  const sources = { ...wishes, file: facts.geometry };
  const recorded = recordedOf(facts);
  const { answers, preset } = wishes;
  const energyScanned = isEnergy(facts.motor ?? '');
  const missing = (['directBeam', 'distanceM', 'energyEv'] as const).filter(
    (name) =>
      (recorded[name] ?? answers[name] ?? preset.assumed[name]) === null && !(name === 'energyEv' && energyScanned),
  );
  const complete = missing.length === 0 && peak ? completed(facts, sources) : undefined;
  if (!complete || !peak) return { recorded, missing, spacing: null, near: [] };
  const spacing = (2 * Math.PI) / norm(createQMap(complete.geometry).at(...peak));
  return { recorded, missing, spacing, near: nearTo(spacing, complete, [...peak]) };
}

function recordedOf({ geometry: file, ...facts }: ScanFacts): GeometryOutlook['recorded'] {
  const beam = file?.directBeam ?? facts.directBeam;
  const hkl = file?.hkl ?? facts.hkl;
  return {
    directBeam: beam ? [beam[0], beam[1]] : null,
    distanceM: file?.distanceM ?? facts.distanceM ?? null,
    energyEv: file?.energyEv ?? facts.energyEv ?? null,
    element: file?.element ?? facts.element ?? null,
    hkl: hkl ? [hkl[0], hkl[1], hkl[2]] : null,
  };
}

/** undefined where a motor is missing, too: then nobody can tell where the peak lies. */
function completed(facts: ScanFacts, sources: GeometrySources): CompleteGeometry | undefined {
  try {
    return completeGeometry(facts, sources);
  } catch {
    return undefined;
  }
}

function nearTo(spacing: number, { element, hkl, geometry }: CompleteGeometry, peak: Vec3): NearReflection[] {
  const length = (of: readonly number[]): number => Math.hypot(...of);
  const isNamed = (of: { readonly element: string; readonly hkl: readonly number[] }): boolean =>
    of.element === element && (hkl === undefined || length(of.hkl) === length(hkl));
  const all = reflectionsNear(spacing, undefined, NEAREST);
  return [...all.filter(isNamed), ...all.filter((each) => !isNamed(each))]
    .slice(0, MOST)
    .map(({ element: of, hkl: indices, deviation }) => ({
      element: of,
      // A family's member, where it was named, stays the one it was.
      hkl: isNamed({ element: of, hkl: indices }) && hkl ? [...hkl] : [indices[0], indices[1], indices[2]],
      deviation,
      directBeam: beamForSpacing(geometry, peak, spacing / (1 + deviation)) ?? null,
    }));
}
