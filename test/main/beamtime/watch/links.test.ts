import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { passedOver } from '@main/beamtime/watch/overlooked';
import { walk } from '@main/beamtime/watch/walk';
import { temporaryFolder } from '../../../support/build';

/** A folder `data` to be watched, and `store` beside it. */
function tree(files: readonly string[], links: Readonly<Record<string, string>>): { base: string; data: string } {
  const base = temporaryFolder();
  for (const path of files) {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), '');
  }
  mkdirSync(join(base, 'data'), { recursive: true });
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(base, 'data', path));
  return { base, data: join(base, 'data') };
}

const below = (root: string, paths: readonly string[] = []): string[] =>
  paths.map((path) => path.slice(root.length + 1));

describe('links in a watched folder', () => {
  it('are followed within it, each place once, and loops are harmless', () => {
    const { data } = tree(['data/.store/x.h5', 'data/a/b.h5', 'data/.hoard/c/d.npz'], {
      'x.h5': '.store/x.h5',
      'again.h5': '.store/x.h5',
      'b.h5': 'a/b.h5',
      collection: '.hoard',
      loop: '.',
      'loop of loops': 'loop',
    });
    symlinkSync('../..', join(data, '.hoard/c/up'));
    const found = walk(data);
    expect(
      below(
        data,
        found.sources.map(({ path }) => path),
      ),
    ).toEqual(['a/b.h5', 'again.h5', 'collection/c/d.npz']);
    expect(found).not.toHaveProperty('outside');
    expect(found).not.toHaveProperty('irregular');
  });

  it('that lead out of it are said and not followed, unless they lead into a root', () => {
    const { base, data } = tree(['store/a/a.h5', 'store/n.npz', 'store/notes.txt'], {
      'linked.h5': '../store/a/a.h5',
      folder: '../store/a',
      'n.npz': '../store/n.npz',
      'notes.txt': '../store/notes.txt',
    });
    const found = walk(data);
    expect(found.sources).toEqual([]);
    expect(passedOver(data, found)['links']?.message).toContain(`3 links in ${data}: folder, linked.h5, n.npz`);
    const allowed = walk(data, undefined, [join(base, 'store')]);
    expect(
      below(
        data,
        allowed.sources.map(({ path }) => path),
      ).sort(),
    ).toEqual(['folder/a.h5', 'n.npz']);
    expect(passedOver(data, allowed)['links']).toBeUndefined();
  });

  it('to pipes, devices and nothing are said and never opened', () => {
    const { data } = tree([], { 'device.h5': '/dev/zero', 'nowhere.h5': 'missing.h5', notes: 'missing.txt' });
    execFileSync('mkfifo', [join(data, 'pipe.h5')]);
    const found = walk(data, undefined, ['/']);
    expect(found.sources).toEqual([]);
    expect(passedOver(data, found)['irregular']?.message).toContain(`3 entries in ${data}`);
  });
});
