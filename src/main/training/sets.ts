import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TrainingForm } from '@contract/training';

type FoundSet = TrainingForm['sets'][number];

// Enough for a home folder and a project's; where there is more, the form takes a path.
const LARGEST_DEPTH = 3;
const MOST_FOLDERS = 3000;
const PATIENCE_MS = 1500;

const isSet = (names: readonly string[]): boolean =>
  names.includes('manifest.jsonl') && names.some((name) => /^patterns-\d+\.npy$/.test(name));
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
 * Whole data sets under some folders, the newest first. Looks through a bounded number of folders for a bounded time, follows no
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
      if (isSet(entries.map(({ name }) => name))) {
        const { mtimeMs } = await stat(join(folder, 'manifest.jsonl'));
        found.push({ folder, name: await nameOf(folder), at: mtimeMs });
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
  return found.sort((a, b) => b.at - a.at).map(({ folder, name }) => ({ folder, name }));
}
