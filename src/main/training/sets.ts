import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TrainingForm } from '@contract/training';
import { isBegun } from '@main/learn/lists';

type FoundSet = TrainingForm['sets'][number];

// Enough for a home folder and a project's; where there is more, the form takes a path.
const LARGEST_DEPTH = 3;
const MOST_FOLDERS = 3000;
const PATIENCE_MS = 1500;

/** Whole, or with shards that can be learnt from while the others are made. */
const isSet = (folder: string, names: readonly string[]): boolean =>
  names.some((name) => /^patterns-\d+\.npy$/.test(name)) &&
  (names.includes('manifest.jsonl') || (names.includes('shards') && isBegun(folder)));
const isElsewhere = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

async function nameOf(folder: string): Promise<string> {
  try {
    const recipe: unknown = JSON.parse(await readFile(join(folder, 'recipe.json'), 'utf8'));
    if (typeof recipe === 'object' && recipe !== null && 'name' in recipe && typeof recipe.name === 'string') {
      return recipe.name;
    }
  } catch {
    // A set of somebody else's making has no recipe.
  }
  return basename(folder);
}

/**
 * Data sets under some folders, the newest first. Looks through a bounded number of folders for a bounded time, follows no
 * links, and does not look into sets.
 * @param skip a folder not to look into
 */
export async function findSets(starts: readonly string[], skip: (folder: string) => boolean): Promise<FoundSet[]> {
  const until = Date.now() + PATIENCE_MS;
  const found: (FoundSet & { readonly at: number })[] = [];
  const seen = new Set<string>();
  let level = [...starts];
  for (let depth = 0; depth <= LARGEST_DEPTH; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (seen.size >= MOST_FOLDERS || Date.now() > until) break;
      if (seen.has(folder) || skip(folder)) continue;
      seen.add(folder);
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const names = entries.map(({ name }) => name);
      if (isSet(folder, names)) {
        const whole = names.includes('manifest.jsonl');
        const { mtimeMs } = await stat(join(folder, whole ? 'manifest.jsonl' : 'shards'));
        found.push({ folder, name: await nameOf(folder), whole, at: mtimeMs });
      } else {
        next.push(
          ...entries
            .filter((entry) => entry.isDirectory() && !isElsewhere(entry.name))
            .map((entry) => join(folder, entry.name)),
        );
      }
    }
    level = next;
  }
  return found.sort((a, b) => b.at - a.at).map(({ folder, name, whole }) => ({ folder, name, whole }));
}
