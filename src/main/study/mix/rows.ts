import { BraggwatchError } from '@contract/errors';
import { LEAST_CELLS_TIMES_OVERSAMPLING, parseRecipe, type Recipe } from '@main/dataset/recipe';
import elements from '@resources/recipes/paper/ag-al-au-pt-small-cd100.json';
import rpd from '@resources/recipes/paper/ag-al-au-pt-small-cd0.json';
import mixed from '@resources/recipes/paper/ag-al-au-pt-small-cd75.json';
import relaxed from '@resources/recipes/paper/pt-small-cd100.json';
import unrelaxed from '@resources/recipes/paper/pt-small-cd100-unrelaxed.json';
import type { StudySettings } from './settings';

/** The rows of Table 1 that there are of small crystals, in its order. */
export const rowIds = ['unrelaxed', 'relaxed', 'elements', 'rpd', 'mixed'] as const;
export type RowId = (typeof rowIds)[number];

const rows: Readonly<Record<RowId, { readonly label: string; readonly recipe: unknown }>> = {
  unrelaxed: { label: 'Pt, unrelaxed, CD', recipe: unrelaxed },
  relaxed: { label: 'Pt, relaxed, CD', recipe: relaxed },
  elements: { label: 'Ag-Al-Au-Pt, relaxed, CD', recipe: elements },
  rpd: { label: 'Ag-Al-Au-Pt, relaxed, RPD', recipe: rpd },
  mixed: { label: 'Ag-Al-Au-Pt, relaxed, 75 % CD, 25 % RPD', recipe: mixed },
};

export const labelOf = (row: RowId): string => rows[row].label;

/**
 * Rows by their names, in the table's order.
 * @param names all when left out
 * @throws BraggwatchError usage
 */
export function chooseRows(names?: readonly string[]): RowId[] {
  const unknown = names?.find((name) => !rowIds.some((id) => id === name));
  if (unknown !== undefined) throw new BraggwatchError('usage', `no row ${unknown}; there are ${rowIds.join(', ')}`);
  return rowIds.filter((id) => names?.includes(id) ?? true);
}

/** Small shards: what a kill loses is the shards being made. */
const CRYSTALS_PER_SHARD = 4;

/**
 * The paper's recipe for a row, as large as the study asks. All rows have one seed, so that crystal n has the same class, shape, height,
 * reflection and part in each of them, as far as relaxing leaves it: rows differ in what the study asks about and in little else.
 */
export function recipeOf(row: RowId, { seed, crystals, orientations, cells, split }: StudySettings): Recipe {
  const recipe = parseRecipe(rows[row].recipe);
  const sizeCells = cells ?? recipe.sizeCells;
  // Smaller crystals than the paper's have to be sampled more finely to keep neighbouring peaks out.
  const least = Math.ceil((100 * LEAST_CELLS_TIMES_OVERSAMPLING) / sizeCells[0]) / 100;
  const [from, to] = recipe.oversampling;
  return parseRecipe({
    ...{ ...recipe, name: `dataset-mix ${row}`, seed, crystals, orientations, sizeCells, split },
    oversampling: [Math.max(from, least), Math.max(to, least)],
    crystalsPerShard: CRYSTALS_PER_SHARD,
  });
}
