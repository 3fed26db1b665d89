import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { braggwatch } from '../support/command';

const shipped = fileURLToPath(new URL('../../../resources/recipes/models-3.json', import.meta.url));

/** Simulates a small training set of one element in `base/sets`, unless an earlier tour did. @returns its folder */
export async function makeSet(base: string, name: string, element: string): Promise<string> {
  const folder = join(base, 'sets', name);
  if (existsSync(join(folder, 'summary.json'))) return folder;
  const recipe = JSON.parse(readFileSync(shipped, 'utf8')) as object;
  const file = join(base, 'sets', `${name}.json`);
  mkdirSync(join(base, 'sets'), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...recipe, name, elements: { [element]: 1 }, crystals: 10, orientations: 4 }));
  // Unrelaxed: what is learnt from them matters to nobody.
  await braggwatch(['simulate', file, '--out', folder, '--relaxer', 'none', '--resume']);
  return folder;
}
