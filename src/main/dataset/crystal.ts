import { ball, cuboid, drawHoles, hollowed, rod, twinOutline } from '@core/crystal/bodies';
import { lineDepth } from '@core/crystal/depth';
import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elements, poissonRatio, type Metal } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { placeOther } from '@core/crystal/other';
import { splitField } from '@core/crystal/partials';
import { placeLine } from '@core/crystal/placement';
import type { Absence } from '@core/crystal/planar';
import { octahedral, winterbottom, type CrystalShape } from '@core/crystal/shape';
import { lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { drawStrain, scaledToPhase } from '@core/crystal/strain-kinds';
import { vary } from '@core/crystal/variation';
import { norm, normalise, scale, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { crystalPath, planView, type CrystalPlan } from './plan';
import type { Recipe } from './recipe';
import { SIZE_SHARE } from './variety';

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
  /** What its atoms fill, and Poisson's ratio: what a strain needs to know. */
  readonly body: CrystalShape;
  readonly poisson: number;
  /** Of the defect below the surface, in sizes: of its deepest point, of the shallowest of several lines. */
  readonly depth?: number;
  /** Of the defect, see `placeOther`. */
  readonly extent?: number;
}

type Outline = Pick<
  CrystalPlan,
  'crystal' | 'attempt' | 'element' | 'cells' | 'interfaceIndex' | 'height' | 'shape' | 'body' | 'blocks'
>;

const ROD: readonly [number, number] = [3, 6];
const MOST_HOLES = 3;
/** Of a dislocation below the surface, in sizes, where bodies are varied. */
const LEAST_DEPTH = 0.03;

/** The body that a crystal's atoms fill. */
export function crystalShape(
  seed: number,
  plan: Outline,
  metal: Pick<Metal, 'latticeAngstrom' | 'surface'>,
): CrystalShape {
  const { element, cells, interfaceIndex, height, body, shape, blocks = 1 } = plan;
  const { latticeAngstrom, surface } = metal;
  const path = crystalPath(plan.crystal, plan.attempt);
  const random = stream(seed, ...path, 'body');
  const lateral = cells * latticeAngstrom * blocks;
  const size = SIZE_SHARE * lateral;
  const grown = (free: boolean, stray: typeof shape): CrystalShape => {
    const ideal = winterbottom({ element, lateral, interfaceIndex, height: free ? 1 : height, surface });
    return vary(ideal, stray, stream(seed, ...path, 'facets'), interfaceIndex);
  };
  const tame = { ...shape, stretch: 0, cuts: 0 };
  switch (body) {
    case 'winterbottom':
      return grown(false, tame);
    case 'irregular': {
      const whole = grown(false, shape);
      return hollowed(whole, drawHoles(whole, random.integer(MOST_HOLES + 1), random));
    }
    case 'rod':
      return rod(size, random.uniform(...ROD), random);
    case 'platelet':
      return rod(size, 1 / random.uniform(...ROD), random);
    case 'cube':
      return cuboid(size, random);
    case 'sphere':
      return ball(size);
    case 'twin-outline': {
      const whole = grown(true, tame);
      const plane = normalise(octahedral[random.integer(8)]!);
      return twinOutline(whole, plane, random.uniform(-0.25, 0.25) * Math.cbrt(whole.volume));
    }
    default:
      return grown(false, shape);
  }
}

/**
 * Builds a crystal's atoms: shape, lattice at a random origin, defect. Unrelaxed, unstrained. Where sites stand for blocks of cells, the
 * lattice is coarser by a whole number, so that every site is one of the true lattice; Burgers vectors and reflection are the true ones.
 * @param metal as the potential makes it: a crystal with another cell edge would shrink or grow as a whole when it is relaxed
 */
export function buildCrystal(seed: number, plan: CrystalPlan, metal: Metal = elements[plan.element]): BuiltCrystal {
  const { dislocation, other, blocks = 1 } = plan;
  const { latticeAngstrom: a, elasticGpa } = metal;
  const body = crystalShape(seed, plan, metal);
  const random = stream(seed, ...crystalPath(plan.crystal, plan.attempt), 'build');
  const g = scale(plan.hkl, (2 * Math.PI) / a);
  const edge = a * blocks;
  // The shape's centre anywhere in the cell: else every crystal of one size would have the same surface steps.
  const positions = fillFcc(body, edge, [edge * random.uniform(), edge * random.uniform(), edge * random.uniform()]);
  const poisson = poissonRatio(elasticGpa);
  const common = { g, body, poisson, sizeAngstrom: Math.cbrt(body.volume) };
  if (other) {
    const { field, absent, depth, extent } = placeOther(other, body, { latticeAngstrom: a, poisson }, random);
    const left = absent ? without(positions, absent) : positions;
    // As large as what scatters: of a half twin that is half of the body.
    const sizeAngstrom = common.sizeAngstrom * Math.cbrt(left.length / positions.length);
    return {
      ...common,
      sizeAngstrom,
      positions: displace(left, field),
      depth,
      ...(extent !== undefined && { extent }),
    };
  }
  if (!dislocation) return { ...common, positions };
  const { burgers, glideNormal, characterDeg, placement } = dislocation;
  const line = lineDirection(burgers, glideNormal, characterDeg);
  let point = placeLine(body, line, placement, random);
  let depth = lineDepth(body, point, line) / common.sizeAngstrom;
  // Near the centre of a platelet may be outside of it, and what only grazes a surface is no dislocation to be seen.
  for (let tries = 0; plan.body && depth < LEAST_DEPTH && tries < 100; tries++) {
    point = placeLine(body, line, 'RPD', random);
    depth = lineDepth(body, point, line) / common.sizeAngstrom;
  }
  const placed = { line, point };
  const whole = { burgers: scale(burgers, a), glideNormal, poisson, ...placed };
  const field = plan.ribbonNm === undefined ? dislocationField(whole) : splitField(whole, a, 10 * plan.ribbonNm);
  return { ...common, ...placed, positions: displace(positions, field), depth };
}

/** The atoms of the lattice that the reflection sees. */
function without(positions: Float64Array, absent: Absence): Float64Array {
  const out = new Float64Array(positions.length);
  let used = 0;
  for (let n = 0; n < positions.length; n += 3) {
    const [x, y, z] = [positions[n]!, positions[n + 1]!, positions[n + 2]!];
    if (absent(x, y, z)) continue;
    out.set([x, y, z], used);
    used += 3;
  }
  return out.slice(0, used);
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
  const random = stream(recipe.seed, ...path);
  const { body, poisson, sizeAngstrom } = crystal;
  if (seen.strain) {
    const shape = drawStrain(seen.strain, { ...body, size: sizeAngstrom }, g, poisson, random);
    displace(positions, scaledToPhase(shape, positions, g, seen.strainRad));
  } else {
    const size = (plan.cells * (plan.blocks ?? 1) * 2 * Math.PI) / perIndex;
    displace(positions, smoothStrain({ size, g, phase: seen.strainRad }, random));
  }
  return { plan: seen, crystal: { ...crystal, g, positions } };
}
