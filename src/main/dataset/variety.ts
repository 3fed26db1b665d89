/**
 * What a recipe may draw beyond the paper's crystals: bodies, strains, effective sizes, ribbons, other defects. All of it comes from streams
 * of its own, so that recipes without these fields draw what they drew before there were any.
 */
import type { BodyKind } from '@core/crystal/bodies';
import { elements } from '@core/crystal/elements';
import { drawOther, otherKinds, type OtherKind, type OtherPlan } from '@core/crystal/other';
import type { StrainKind } from '@core/crystal/strain-kinds';
import type { RandomStream } from '@core/random/stream';
import type { SimulatedClass } from '@vocabulary/classes';
import type { Recipe } from './recipe';

/** What is drawn of a crystal beside its class. */
export interface Variety {
  readonly body?: BodyKind;
  /** Cells along an edge of the block that each lattice site stands for; 1 when left out. */
  readonly blocks?: number;
  /** Width of the ribbon of stacking fault that its dislocation is split by, nm. */
  readonly ribbonNm?: number;
  readonly other?: OtherPlan;
}

/** One of several by relative frequency. */
export function drawShare<K extends string>(weights: Readonly<Partial<Record<K, number>>>, random: RandomStream): K {
  // In a fixed order, whatever the order in the file.
  const names = (Object.keys(weights) as K[]).filter((name) => (weights[name] ?? 0) > 0).sort();
  const total = names.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
  let left = random.uniform(0, total);
  return names.find((name) => (left -= weights[name] ?? 0) < 0) ?? names.at(-1)!;
}

/** D of a middling body over the edge of the cube that it is cut from. */
export const SIZE_SHARE = 0.7;

/** Whether crystals of a class hold one whole dislocation. */
export const isLine = (defect: SimulatedClass): boolean => defect === 'screw' || defect === 'edge';

/** Draws a crystal's variety. */
export function drawVariety(
  recipe: Recipe,
  {
    defect,
    element,
    cells,
  }: { readonly defect: SimulatedClass; readonly element: keyof typeof elements; readonly cells: number },
  random: RandomStream,
): Variety {
  const { bodies, effectiveNm, ribbons, others } = recipe;
  const body = bodies && drawShare(bodies, random);
  const nm = effectiveNm && effectiveNm[0] * (effectiveNm[1] / effectiveNm[0]) ** random.uniform();
  const atomicNm = (SIZE_SHARE * cells * elements[element].latticeAngstrom) / 10;
  const split = random.uniform() < (ribbons?.share ?? 0);
  const width = ribbons && ribbons.widthNm[0] * (ribbons.widthNm[1] / ribbons.widthNm[0]) ** random.uniform();
  const alike = Object.fromEntries(otherKinds.map((kind) => [kind, 1]));
  const other = defect === 'other' && drawOther(drawShare<OtherKind>(others ?? alike, random), random);
  return {
    ...(body && { body }),
    ...(nm !== undefined && { blocks: Math.max(1, Math.round(nm / atomicNm)) }),
    ...(isLine(defect) && split && width !== undefined && { ribbonNm: width }),
    ...(other && { other }),
  };
}

/** Draws the kind of a view's strain, where the recipe names any. */
export const drawStrainKind = ({ strains }: Recipe, random: RandomStream): { readonly strain?: StrainKind } =>
  strains ? { strain: drawShare(strains, random) } : {};
