import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRoots, isWithin } from '@main/files/roots';
import { parseRecipe } from '@main/dataset/recipe';
import { lookAtFolder } from '@main/simulation/folder';
import provisional from '@resources/recipes/provisional.json';
import { temporaryFolder } from '../../support/build';

const recipe = parseRecipe(provisional);

describe('a folder for a set', () => {
  it('is new, empty, somebody else’s, begun or whole', () => {
    const folder = join(temporaryFolder(), 'deep', 'set');
    expect(lookAtFolder(folder, recipe)).toMatchObject({ kind: 'new', name: null });
    expect(lookAtFolder(folder).free).toBeGreaterThan(0);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.DS_Store'), '');
    expect(lookAtFolder(folder, recipe).kind).toBe('empty');
    writeFileSync(join(folder, 'thesis.tex'), '');
    expect(lookAtFolder(folder, recipe).kind).toBe('occupied');
    writeFileSync(join(folder, 'recipe.json'), JSON.stringify(recipe));
    for (const shard of ['0000', '0003']) writeFileSync(join(folder, `patterns-${shard}.npy`), '');
    writeFileSync(join(folder, 'patterns-0004.npy.host-1.part'), '');
    const begun = { kind: 'begun', name: 'provisional', crystals: 32, ofCrystals: 960 };
    expect(lookAtFolder(folder, recipe)).toMatchObject({ ...begun, same: true });
    expect(lookAtFolder(folder, { ...recipe, seed: 1 })).toMatchObject({ ...begun, same: false });
    writeFileSync(join(folder, 'summary.json'), '{}');
    expect(lookAtFolder(folder, recipe).kind).toBe('whole');
  });

  it('is somebody else’s when its recipe cannot be read', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'recipe.json'), '{"flour": 500}');
    expect(lookAtFolder(folder, recipe).kind).toBe('occupied');
  });
});

describe('folders to write into', () => {
  it('may be made under an allowed root, and nowhere else', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'allowed'));
    mkdirSync(join(base, 'other'));
    const roots = createRoots([join(base, 'allowed')]);
    expect(roots.resolveNew(join(base, 'allowed', 'new', 'set'))).toBe(join(base, 'allowed', 'new', 'set'));
    expect(roots.resolveNew(join(base, 'allowed', '..set'))).toBe(join(base, 'allowed', '..set'));
    for (const path of ['other/set', 'allowed/../other/set', 'allowed-too', '.'])
      expect(() => roots.resolveNew(join(base, path)), path).toThrow(expect.objectContaining({ code: 'path-refused' }));
  });

  it('are not led out of the root by links, whether these lead somewhere or not', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'allowed'));
    mkdirSync(join(base, 'other'));
    symlinkSync(join(base, 'other'), join(base, 'allowed', 'out'));
    symlinkSync(join(base, 'other', 'nothing'), join(base, 'allowed', 'dangling'));
    const roots = createRoots([join(base, 'allowed')]);
    const refused = (path: string): unknown => {
      try {
        return roots.resolveNew(join(base, 'allowed', path));
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(refused('out')).toBe('path-refused');
    expect(refused('out/set')).toBe('path-refused');
    expect(refused('dangling')).toBe('path-missing');
    expect(refused('dangling/set')).toBe('path-missing');
  });

  it('know what lies within what', () => {
    expect([isWithin('/a', '/a'), isWithin('/a', '/a/b'), isWithin('/a', '/a/..b')]).toEqual([true, true, true]);
    expect([isWithin('/a', '/'), isWithin('/a', '/ab'), isWithin('/a/b', '/a')]).toEqual([false, false, false]);
  });
});
