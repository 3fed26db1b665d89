/// <reference types="vite/client" />
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { BraggwatchError } from '@contract/errors';
import { recipeDraftSchema, type RecipeDraft, type StoredRecipe } from '@contract/recipe';
import { parseRecipe, type Recipe } from '@main/dataset/recipe';

/** Recipes to choose from: those that come with the program, and the user's own. */
export interface RecipeShelf {
  list(): StoredRecipe[];
  /**
   * Keeps a recipe under its own name, replacing the user's own of that name.
   * @throws BraggwatchError recipe-invalid
   */
  save(draft: RecipeDraft): Promise<StoredRecipe>;
  /** Forgets one of the user's own. @throws BraggwatchError recipe-missing */
  remove(id: string): StoredRecipe[];
}

const FOLDER = '../../../resources/recipes/';
// Bundled, so that they are there however the program was packed.
const shipped = import.meta.glob<unknown>('../../../resources/recipes/**/*.json', { eager: true, import: 'default' });

const draftOf = (id: string, own: boolean, value: unknown): StoredRecipe[] => {
  const parsed = recipeDraftSchema.safeParse(value);
  return parsed.success ? [{ id, own, recipe: parsed.data }] : [];
};

/** A file's name for a recipe's; two names that differ in punctuation only share it. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'recipe';

/** It is made anew whenever it is asked for, and kept only where it is saved. */
const MEASURED_ID = 'measured/this-beamtime';
const OWN_ID = /^own\/([a-z0-9-]{1,80})$/;

/** A recipe that this version no longer takes is listed all the same: the form says what is wrong with it. */
function readOwn(folder: string, file: string): StoredRecipe[] {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return draftOf(`own/${file.replace(/\.json$/, '')}`, true, value);
  } catch {
    return [];
  }
}

/**
 * @param folder the user's own recipes, one file each; made when the first is saved
 * @param measured a recipe for crystals like those of the scans judged so far; undefined while there are too few
 */
export function createRecipeShelf(folder: string, measured: () => Recipe | undefined = () => undefined): RecipeShelf {
  const list = (): StoredRecipe[] => {
    mkdirSync(folder, { recursive: true });
    const files = readdirSync(folder).filter((file) => OWN_ID.test(`own/${file.replace(/\.json$/, '')}`));
    return [
      ...Object.entries(shipped).flatMap(([path, value]) =>
        draftOf(`shipped/${path.slice(FOLDER.length).replace(/\.json$/, '')}`, false, value),
      ),
      ...files.sort().flatMap((file) => readOwn(folder, file)),
      ...draftOf(MEASURED_ID, false, measured()),
    ];
  };
  return {
    list,
    async save(draft) {
      const recipe = parseRecipe(draft);
      const slug = slugOf(recipe.name).slice(0, 80);
      mkdirSync(folder, { recursive: true });
      await writeFileAtomic(join(folder, `${slug}.json`), `${JSON.stringify(recipe, null, 2)}\n`);
      return { id: `own/${slug}`, own: true, recipe: recipeDraftSchema.parse(recipe) };
    },
    remove(id) {
      const slug = OWN_ID.exec(id)?.[1];
      if (slug === undefined) throw new BraggwatchError('recipe-missing', id);
      rmSync(join(folder, `${slug}.json`), { force: true });
      return list();
    },
  };
}
