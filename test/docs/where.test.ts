import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Every path from the checkout on that a page names in code or links to. */
function pathsOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const named = [...text.matchAll(/`((?:src|test|docs|resources|scripts|bench|models)\/[\w./-]+)`/g)].map(
    ([, path]) => path!,
  );
  const linked = [...text.matchAll(/\]\(([\w./-]+\.md)[#)]/g)].map(([, path]) => join(page, '..', path!));
  return [...named, ...linked];
}

it.each([
  ['docs/where.md', 25],
  ['docs/architecture.md', 3],
  ['docs/files-and-network.md', 4],
  ['docs/adding-a-beamline.md', 4],
  ['docs/adding-a-network.md', 4],
  ['docs/security.md', 10],
  ['docs/reliability.md', 10],
  ['docs/ledger.md', 0],
  ['docs/the-screen.md', 0],
  ['CONTRIBUTING.md', 15],
])('%s names only what there is', (page, atLeast) => {
  const paths = pathsOf(page);
  expect(paths.length).toBeGreaterThanOrEqual(atLeast);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
