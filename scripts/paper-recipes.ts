/**
 * The paper's training sets as recipes: Supplementary Tables 1 to 8 (sizes x elements x shares of centred dislocations) and the rows
 * of Table 1, which are among them but for the unrelaxed one. `node scripts/paper-recipes.ts` writes them to resources/recipes/paper.
 */
import { mkdirSync, writeFileSync } from 'node:fs';

/** Edge of the cube that crystals are cut from, unit cells. */
const sizes = { small: 40, large: 80 } as const;

const everywhere = [100, 75, 50, 25, 0];
/** Shares of centred dislocations (CD), %, of each of the tables' columns; the rest lies anywhere (RPD). */
const tables: readonly { size: keyof typeof sizes; elements: readonly string[]; centred: readonly number[] }[] = [
  { size: 'small', elements: ['Ag'], centred: everywhere },
  { size: 'small', elements: ['Al'], centred: everywhere },
  { size: 'small', elements: ['Au'], centred: [...everywhere, 12.5] },
  { size: 'small', elements: ['Pt'], centred: [...everywhere, 87.5, 62.5] },
  { size: 'small', elements: ['Ag', 'Al', 'Au', 'Pt'], centred: everywhere },
  { size: 'large', elements: ['Au'], centred: everywhere },
  { size: 'large', elements: ['Pt'], centred: everywhere },
  { size: 'large', elements: ['Au', 'Pt'], centred: [...everywhere, 87.5, 80, 62.5] },
];

/** As the paper made its patterns: pure screws and edges, one {111} reflection that shows them, no counting noise. */
const common = {
  crystals: 1000,
  orientations: 10,
  height: [0.65, 0.75],
  classes: { perfect: 1, screw: 1, edge: 1 },
  mixedDeg: 0,
  reflections: ['111'],
  invisible: 'exclude',
  oversampling: [2.5, 5],
  shiftVoxels: 0.5,
  strainRad: [0, 0],
  // A thousand million counts: less noise than single precision has.
  exposure: { counts: [1e9, 1e9], background: [0, 0], coherence: [0, 0], range: [2, 2] },
  split: { validation: 0.1, test: 0.05 },
  crystalsPerShard: 16,
};

interface NamedRecipe {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** The paper's stopping rule; its potentials are others, this program's own are Zhou's. */
const relaxation = { potential: 'zhou04', energyTolerance: 1e-6, maxIterations: 1000 };

function recipe(size: keyof typeof sizes, elements: readonly string[], centred: number, relaxed = true): NamedRecipe {
  const suffix = relaxed ? '' : '-unrelaxed';
  const name = `${elements.join('-').toLowerCase()}-${size}-cd${String(centred).replace('.', '_')}${suffix}`;
  return {
    name,
    // Any number, but another for each: sets of one recipe shall not be pieces of another's.
    seed: [...name].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 2 ** 31, 7),
    ...common,
    elements: Object.fromEntries(elements.map((element) => [element, 1])),
    sizeCells: [sizes[size], sizes[size]],
    centred: centred / 100,
    ...(relaxed && { relaxation }),
  };
}

/** Every set that the paper trained on. */
export function paperRecipes(): NamedRecipe[] {
  const supplementary = tables.flatMap(({ size, elements, centred }) =>
    centred.map((cd) => recipe(size, elements, cd)),
  );
  return [recipe('small', ['Pt'], 100, false), ...supplementary];
}

/** JSON as Prettier lays it out: a line for each field. */
export function recipeText(fields: NamedRecipe): string {
  const inline = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return `{ ${Object.entries(value)
      .map(([key, x]) => `${JSON.stringify(key)}: ${inline(x)}`)
      .join(', ')} }`;
  };
  const lines = Object.entries(fields).map(([key, value]) => `  ${JSON.stringify(key)}: ${inline(value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

if (import.meta.main) {
  const folder = new URL('../resources/recipes/paper/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const fields of paperRecipes()) writeFileSync(new URL(`${fields.name}.json`, folder), recipeText(fields));
}
