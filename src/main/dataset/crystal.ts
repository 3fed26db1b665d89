import { displace, sum, type DisplacementField } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elements, poissonRatio } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { placeLine } from '@core/crystal/placement';
import { winterbottom } from '@core/crystal/shape';
import { lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { scale, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { crystalPath, type CrystalPlan } from './plan';

/** A crystal's atoms, ready to scatter. */
export interface BuiltCrystal {
  /** 3N coordinates, angstrom, crystal frame. */
  readonly positions: Float64Array;
  /** Reflection, crystal frame, 1/angstrom. */
  readonly g: Vec3;
  /** D = V^(1/3), angstrom. */
  readonly sizeAngstrom: number;
  /** Unit vector along the line, and a point of it; absent in a perfect crystal. */
  readonly line?: Vec3;
  readonly point?: Vec3;
}

/**
 * Builds a crystal's atoms: shape, lattice at a random origin, smooth strain and dislocation. Unrelaxed.
 * @param a cell edge, angstrom: that of the potential for a crystal to be relaxed, else it would shrink or grow as a whole
 */
export function buildCrystal(
  seed: number,
  plan: CrystalPlan,
  a: number = elements[plan.element].latticeAngstrom,
): BuiltCrystal {
  const { element, cells, interfaceIndex, height, dislocation } = plan;
  const { elasticGpa } = elements[element];
  const random = stream(seed, ...crystalPath(plan.crystal, plan.attempt), 'build');
  const shape = winterbottom({ element, lateral: cells * a, interfaceIndex, height });
  const g = scale(plan.hkl, (2 * Math.PI) / a);
  // The shape's centre anywhere in the cell: else every crystal of one size would have the same surface steps.
  const positions = fillFcc(shape, a, [a * random.uniform(), a * random.uniform(), a * random.uniform()]);
  const fields: DisplacementField[] = [smoothStrain({ size: shape.lateral, g, phase: plan.strainRad }, random)];
  let placed: { line: Vec3; point: Vec3 } | undefined;
  if (dislocation) {
    const { burgers, glideNormal, characterDeg, placement } = dislocation;
    const line = lineDirection(burgers, glideNormal, characterDeg);
    placed = { line, point: placeLine(shape, line, placement, random) };
    const poisson = poissonRatio(elasticGpa);
    fields.push(dislocationField({ burgers: scale(burgers, a), glideNormal, poisson, ...placed }));
  }
  return { positions: displace(positions, sum(fields)), g, sizeAngstrom: Math.cbrt(shape.volume), ...placed };
}
