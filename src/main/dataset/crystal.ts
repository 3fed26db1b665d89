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
import { crystalPath, planView, type CrystalPlan } from './plan';
import type { Recipe } from './recipe';

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
export function crystalShape(
  seed: number,
  plan: Pick<CrystalPlan, 'crystal' | 'attempt' | 'element' | 'cells' | 'interfaceIndex' | 'height' | 'shape'>,
  metal: Pick<Metal, 'latticeAngstrom' | 'surface'>,
): CrystalShape {
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
 * A crystal as it is seen at one of its reflections: strained smoothly. After relaxation: minimising the energy would take the strain out
 * again, while in a measured crystal the substrate and the temperature hold it in.
 * @param plan as the crystal was drawn
 * @param crystal unstrained; stays as it is
 * @param view which of its reflections, see `viewOf`
 * @returns the plan and the atoms of that view
 */
export function viewCrystal(
  recipe: Recipe,
  plan: CrystalPlan,
  crystal: BuiltCrystal,
  view = 0,
): { readonly plan: CrystalPlan; readonly crystal: BuiltCrystal } {
  const seen = planView(recipe, plan, view);
  const perIndex = norm(crystal.g) / norm(plan.hkl);
  const g = view === 0 ? crystal.g : scale(seen.hkl, perIndex);
  const path = [...crystalPath(plan.crystal, plan.attempt), 'strain', ...(view === 0 ? [] : [view])];
  const positions = crystal.positions.slice();
  const size = (plan.cells * 2 * Math.PI) / perIndex;
  displace(positions, smoothStrain({ size, g, phase: seen.strainRad }, stream(recipe.seed, ...path)));
  return { plan: seen, crystal: { ...crystal, g, positions } };
}
