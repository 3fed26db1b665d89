import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elements, poissonRatio, type Metal } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { placeLine } from '@core/crystal/placement';
import { winterbottom, type CrystalShape } from '@core/crystal/shape';
import { lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { vary } from '@core/crystal/variation';
import { norm, scale, type Vec3 } from '@core/math/vector';
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

/** The body that a crystal's atoms fill. */
export function crystalShape(seed: number, plan: CrystalPlan, metal: Metal): CrystalShape {
  const { element, cells, interfaceIndex, height } = plan;
  const { latticeAngstrom, surface } = metal;
  const ideal = winterbottom({ element, lateral: cells * latticeAngstrom, interfaceIndex, height, surface });
  return vary(ideal, plan.shape, stream(seed, ...crystalPath(plan.crystal, plan.attempt), 'facets'), interfaceIndex);
}

/**
 * Builds a crystal's atoms: shape, lattice at a random origin, dislocation. Unrelaxed, unstrained.
 * @param metal as the potential makes it: a crystal with another cell edge would shrink or grow as a whole when it is relaxed
 */
export function buildCrystal(seed: number, plan: CrystalPlan, metal: Metal = elements[plan.element]): BuiltCrystal {
  const { dislocation } = plan;
  const { latticeAngstrom: a, elasticGpa } = metal;
  const shape = crystalShape(seed, plan, metal);
  const random = stream(seed, ...crystalPath(plan.crystal, plan.attempt), 'build');
  const g = scale(plan.hkl, (2 * Math.PI) / a);
  // The shape's centre anywhere in the cell: else every crystal of one size would have the same surface steps.
  const positions = fillFcc(shape, a, [a * random.uniform(), a * random.uniform(), a * random.uniform()]);
  const sizeAngstrom = Math.cbrt(shape.volume);
  if (!dislocation) return { positions, g, sizeAngstrom };
  const { burgers, glideNormal, characterDeg, placement } = dislocation;
  const line = lineDirection(burgers, glideNormal, characterDeg);
  const placed = { line, point: placeLine(shape, line, placement, random) };
  const poisson = poissonRatio(elasticGpa);
  displace(positions, dislocationField({ burgers: scale(burgers, a), glideNormal, poisson, ...placed }));
  return { positions, g, sizeAngstrom, ...placed };
}

/**
 * Strains a crystal smoothly, in place, as its plan says. After relaxation: minimising the energy would take it out again, while in a
 * measured crystal the substrate and the temperature hold it in.
 */
export function strainCrystal(seed: number, plan: CrystalPlan, crystal: BuiltCrystal): BuiltCrystal {
  const { g } = crystal;
  const size = (plan.cells * 2 * Math.PI * norm(plan.hkl)) / norm(g);
  const random = stream(seed, ...crystalPath(plan.crystal, plan.attempt), 'strain');
  displace(crystal.positions, smoothStrain({ size, g, phase: plan.strainRad }, random));
  return crystal;
}
