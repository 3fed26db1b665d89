import { elementNames, type ElementName } from '@core/crystal/elements';
import type { Placement } from '@core/crystal/placement';
import { showsOther } from '@core/crystal/other';
import { octahedral } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, visibility } from '@core/crystal/slip';
import type { StrainKind } from '@core/crystal/strain-kinds';
import { drawVariation, type ShapeVariation } from '@core/crystal/variation';
import type { Vec3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import type { Recipe } from './recipe';
import { drawStrainKind, drawVariety, isLine, type Variety } from './variety';
import { simulatedClasses, type SimulatedClass } from '@vocabulary/classes';

export type SplitName = 'train' | 'validation' | 'test';

/** What a crystal's place in the set decides: its class and its part. */
export interface Assignment {
  readonly defect: SimulatedClass;
  readonly split: SplitName;
}

/** One crystal, as drawn; nothing built yet. */
export interface CrystalPlan extends Assignment, Variety {
  readonly crystal: number;
  /** How many crystals were drawn for this place before and discarded. */
  readonly attempt: number;
  readonly element: ElementName;
  readonly cells: number;
  readonly interfaceIndex: number;
  readonly height: number;
  readonly hkl: Vec3;
  /** Absent in a perfect crystal. Burgers vector in cell edges. */
  readonly dislocation?: { burgers: Vec3; glideNormal: Vec3; characterDeg: number; placement: Placement; gb: number };
  /** What the network shall say: the class, or perfect where g.b = 0 hides the dislocation. */
  readonly label: SimulatedClass;
  readonly strainRad: number;
  /** Absent: waves, bounded by `strainRad`; else its phase ranges over that much. */
  readonly strain?: StrainKind;
  readonly shape: ShapeVariation;
}

/** The smallest whole numbers nearest to the weights that add up to `total`: largest remainders first. */
function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (w / sum) * total);
  const counts = exact.map(Math.floor);
  const order = exact.map((x, i) => [x - Math.floor(x), i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (let n = 0, left = total - counts.reduce((a, b) => a + b, 0); n < left; n++) counts[order[n]![1]]! += 1;
  return counts;
}

/** Class and part of every crystal: exact shares, the parts within each class, in random order. */
export function assign(recipe: Recipe): Assignment[] {
  const { classes, split } = recipe;
  const sizes = apportion(
    simulatedClasses.map((name) => classes[name] ?? 0),
    recipe.crystals,
  );
  const all = simulatedClasses.flatMap((defect, c) => {
    const parts = apportion([1 - split.validation - split.test, split.validation, split.test], sizes[c]!);
    return (['train', 'validation', 'test'] as const).flatMap((name, p) =>
      Array.from({ length: parts[p]! }, () => ({ defect, split: name })),
    );
  });
  return stream(recipe.seed, 'assignment').shuffle(all);
}

const families: Readonly<Record<Recipe['reflections'][number], readonly Vec3[]>> = {
  '111': octahedral,
  '200': [2, -2].flatMap((s): Vec3[] => [
    [s, 0, 0],
    [0, s, 0],
    [0, 0, s],
  ]),
  '220': burgersVectors.map((b): Vec3 => [4 * b[0], 4 * b[1], 4 * b[2]]),
  '311': octahedral.flatMap((n): Vec3[] => [
    [3 * n[0], n[1], n[2]],
    [n[0], 3 * n[1], n[2]],
    [n[0], n[1], 3 * n[2]],
  ]),
  '222': octahedral.map((n): Vec3 => [2 * n[0], 2 * n[1], 2 * n[2]]),
};

function drawElement(recipe: Recipe, random: RandomStream): ElementName {
  const weights = elementNames.map((name) => recipe.elements[name] ?? 0);
  let left = random.uniform(
    0,
    weights.reduce((a, b) => a + b, 0),
  );
  return (
    elementNames.find((_, i) => weights[i]! > 0 && (left -= weights[i]!) < 0) ??
    elementNames[weights.findLastIndex((w) => w > 0)]!
  );
}

/** Where the random numbers of a crystal come from: its number, and how many were discarded before it. */
export const crystalPath = (crystal: number, attempt: number): (string | number)[] =>
  attempt === 0 ? ['crystal', crystal] : ['crystal', crystal, 'attempt', attempt];

/**
 * Draws one crystal. It depends on the recipe, its number and the attempt alone, not on the crystals before it.
 * @param attempt from 1 on, in place of a discarded crystal: of the same class, element and placement as that, so that the
 *   shares are those of the recipe although some kinds of crystals are discarded more often; all else is drawn anew
 */
export function planCrystal(recipe: Recipe, crystal: number, assignment: Assignment, attempt = 0): CrystalPlan {
  const plan = drawCrystal(recipe, crystal, assignment, attempt);
  if (attempt === 0) return plan;
  const { element, dislocation } = drawCrystal(recipe, crystal, assignment, 0);
  if (!plan.dislocation || !dislocation) return { ...plan, element };
  return { ...plan, element, dislocation: { ...plan.dislocation, placement: dislocation.placement } };
}

/** As surface energies alone would have it. */
const unvaried = { facets: 0, rounding: [0, 0] } as const;

function drawCrystal(recipe: Recipe, crystal: number, { defect, split }: Assignment, attempt: number): CrystalPlan {
  const random = stream(recipe.seed, ...crystalPath(crystal, attempt));
  const basic = {
    crystal,
    attempt,
    defect,
    split,
    element: drawElement(recipe, random),
    cells: random.uniform(...recipe.sizeCells),
    interfaceIndex: random.integer(8),
    height: random.uniform(...recipe.height),
    strainRad: random.uniform(...recipe.strainRad),
    shape: drawVariation(recipe.shape ?? unvaried, stream(recipe.seed, ...crystalPath(crystal, attempt), 'shape')),
  };
  const more = stream(recipe.seed, ...crystalPath(crystal, attempt), 'variety');
  const common = { ...basic, ...drawVariety(recipe, basic, more), ...drawStrainKind(recipe, more) };
  const reflections = families[random.pick(recipe.reflections)];
  if (!isLine(defect)) return seenAt(common, random.pick(visible(recipe, common, reflections)));
  const burgers = random.pick(burgersVectors);
  const glideNormal = random.pick(glidePlanes(burgers));
  const characterDeg = (defect === 'edge' ? 90 : 0) + random.uniform(-recipe.mixedDeg, recipe.mixedDeg);
  const placement: Placement = random.uniform() < recipe.centred ? 'CD' : 'RPD';
  const hkl = random.pick(allowed(recipe, reflections, burgers));
  return seenAt({ ...common, dislocation: { burgers, glideNormal, characterDeg, placement, gb: 0 } }, hkl);
}

/** Reflections that a recipe lets a crystal with this Burgers vector be seen at. */
const allowed = ({ invisible }: Recipe, reflections: readonly Vec3[], burgers: Vec3): readonly Vec3[] =>
  invisible === 'perfect' ? reflections : reflections.filter((g) => visibility(g, burgers) !== 0);

/**
 * Reflections that show a crystal's other defect as what it is: it is never drawn at any else. Two Burgers vectors at right angles are not both
 * seen at any {111} or {222}, and at some of another family of the recipe's, or of any.
 */
function visible(recipe: Recipe, { other }: Variety, reflections: readonly Vec3[]): readonly Vec3[] {
  if (!other) return reflections;
  const choices = [reflections, recipe.reflections.flatMap((name) => families[name]), Object.values(families).flat()];
  return choices.map((some) => some.filter((g) => showsOther(other, g))).find((some) => some.length > 0) ?? reflections;
}

function seenAt(plan: Omit<CrystalPlan, 'hkl' | 'label'>, hkl: Vec3): CrystalPlan {
  const { dislocation, other } = plan;
  // What a half twin shows is half a crystal without a defect.
  if (other) return { ...plan, hkl, label: other.kind === 'half-twin' ? 'perfect' : plan.defect };
  if (!dislocation) return { ...plan, hkl, label: 'perfect' };
  const gb = visibility(hkl, dislocation.burgers);
  return { ...plan, hkl, dislocation: { ...dislocation, gb }, label: gb === 0 ? 'perfect' : plan.defect };
}

/** Which of the crystal's reflections a pattern is of: as many patterns for each, one after the other. */
export const viewOf = ({ orientations, reflectionsPerCrystal = 1 }: Recipe, orientation: number): number =>
  Math.floor((orientation * Math.min(reflectionsPerCrystal, orientations)) / orientations);

/** The same crystal at another reflection, strained otherwise; view 0 is as it was drawn first. */
export function planView(recipe: Recipe, plan: CrystalPlan, view: number): CrystalPlan {
  if (view === 0) return plan;
  const random = stream(recipe.seed, ...crystalPath(plan.crystal, plan.attempt), 'view', view);
  const reflections = families[random.pick(recipe.reflections)];
  const { dislocation } = plan;
  const hkl = random.pick(
    dislocation ? allowed(recipe, reflections, dislocation.burgers) : visible(recipe, plan, reflections),
  );
  const strainRad = random.uniform(...recipe.strainRad);
  return seenAt({ ...plan, strainRad, ...drawStrainKind(recipe, random) }, hkl);
}
