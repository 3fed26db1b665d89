import { warning, type Warning } from '@contract/errors';
import { percent } from '@contract/percent';
import { elements, isElement } from '@core/crystal/elements';
import { beamForSpacing, distanceForSpacing } from '@core/geometry/mend';
import type { ScanGeometry } from '@core/geometry/q';
import { fixed } from '@core/math/fixed';
import type { Vec3 } from '@core/math/vector';
import { inferReflection } from '@core/verdict/reflection';

/** What a scan is said to be, and what was measured. */
export interface NamedReflection {
  readonly element: string | undefined;
  readonly hkl: readonly [number, number, number] | undefined;
  /** Lattice spacing at the peak, angstrom; undefined where nothing tells it. */
  readonly spacing: number | undefined;
  /** Where the spacing was computed from detector frames: the geometry, and frame, row and column of the peak. */
  readonly from?: { readonly geometry: ScanGeometry; readonly peak: Vec3 };
}

/** Strain, heating and a beam centre a few pixels off move a spacing by less. */
const TOLERANCE = 0.015;
/** A reflection farther off is none that was meant. */
const NEAREST = 0.12;

/**
 * Which reflection was measured: the one named, or the one that the spacing tells. Where the spacing contradicts what was named, the
 * warning says by how much, and what would make it right.
 */
export function reflectionOf(named: NamedReflection): {
  hkl: [number, number, number] | null;
  warnings: readonly Warning[];
} {
  const { element, hkl, spacing } = named;
  const asNamed: [number, number, number] | null = hkl ? [...hkl] : null;
  if (spacing === undefined) return { hkl: asNamed, warnings: [] };
  if (asNamed) {
    const tabulated = isElement(element) ? elements[element].roomLatticeAngstrom / Math.hypot(...asNamed) : spacing;
    const off = Math.abs(spacing / tabulated - 1) > TOLERANCE;
    return { hkl: asNamed, warnings: off ? [offBy(named, `${element} ${asNamed.join('')}`, tabulated, spacing)] : [] };
  }
  const inferred = inferReflection(spacing, element);
  if (inferred) {
    const { deviation, alternatives } = inferred;
    const others = alternatives.length > 0 ? ` (or ${alternatives.join(', ')})` : '';
    const said = `${inferred.element}${others} ${inferred.hkl.join('')}, d off by ${fixed(100 * deviation, 1)} %.`;
    return { hkl: [...inferred.hkl], warnings: [warning('reflection-assumed', said)] };
  }
  const near = isElement(element) ? inferReflection(spacing, element, NEAREST) : undefined;
  const unknown = warning('reflection-unknown', `d = ${spacing.toFixed(4)} angstrom.`);
  if (!near) return { hkl: null, warnings: [unknown] };
  const tabulated = spacing / (1 + near.deviation);
  return { hkl: null, warnings: [unknown, offBy(named, `${near.element} ${near.hkl.join('')}`, tabulated, spacing)] };
}

function offBy({ from }: NamedReflection, name: string, tabulated: number, spacing: number): Warning {
  const off = Math.abs(spacing / tabulated - 1);
  const said = `d is ${spacing.toFixed(4)} angstrom, ${percent(off)} off ${name} (${tabulated.toFixed(4)}): check the direct beam`;
  if (!from) return warning('spacing-off', `${said.replace(': check the direct beam', '')}.`);
  const { geometry, peak } = from;
  const beam = beamForSpacing(geometry, peak, tabulated);
  const distance = distanceForSpacing(geometry, peak, tabulated);
  const cures = [
    ...(beam
      ? [
          `row ${beam[0].toFixed(1)}, column ${beam[1].toFixed(1)} instead of row ${geometry.directBeam[0]}, column ${geometry.directBeam[1]}`,
        ]
      : []),
    ...(distance === undefined
      ? []
      : [`a detector distance of ${distance.toFixed(4)} m instead of ${geometry.distanceM.toFixed(4)} m`]),
  ];
  return warning('spacing-off', `${said}${cures.length > 0 ? `; it would fit with ${cures.join(', or ')}` : ''}.`);
}
