import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

interface Shipped {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly texts: readonly string[];
}
const { bundled, notices, shippedPackages } = (await import(join(root, 'scripts/lib/notices.mjs'))) as {
  readonly bundled: readonly string[];
  notices(root: string): string;
  shippedPackages(root: string): readonly Shipped[];
};
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>;

test('every package that a user gets is named with its terms', () => {
  const shipped = new Map(shippedPackages(root).map((each) => [each.name, each]));
  for (const name of [...Object.keys(dependencies!), ...bundled]) {
    expect(shipped.get(name), name).toBeDefined();
    expect(shipped.get(name)?.licence, name).not.toBe('not stated');
  }
  const text = notices(root);
  for (const { name, version, licence, texts } of shipped.values())
    expect(text).toContain([`${name} ${version}`, licence].join('\n') + (texts.length > 0 ? '\n\n' : '\n'));
});

test('what the build takes in from the packages of development is on the list', () => {
  const imported = globSync('src/**/*.{ts,svelte}', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/import(?:\(| (?!type\b)[^;(]*?)['"]([^'"./][^'"]*)['"]/g)].map(
      ([, name]) =>
        name!
          .split('/')
          .slice(0, name!.startsWith('@') ? 2 : 1)
          .join('/'),
    ),
  );
  // Electron is handed on whole, with notices of its own.
  const own = [...new Set(imported)].filter((name) => name in devDependencies! && name !== 'electron');
  expect(own.sort()).toEqual([...bundled].sort());
});

test('LAMMPS is named as a program of its own, with its licence in full and where its source is', () => {
  const text = notices(root);
  expect(text).toMatch(
    /LAMMPS \(10 Sep 2025\)[\s\S]*GPL-2\.0-only[\s\S]*github\.com\/lammps\/lammps, tag patch_10Sep2025/,
  );
  const built = readFileSync(join(root, 'node_modules/lammps.js/cpp/build.py'), 'utf8');
  expect(built).toContain('patch_10Sep2025');
  expect(readFileSync(join(root, 'resources/licences/GPL-2.0.txt'), 'utf8')).toMatch(
    /GNU GENERAL PUBLIC LICENSE\s+Version 2, June 1991/,
  );
});

test('they lie beside the program in every package', async () => {
  const { default: packaging } = (await import(join(root, 'electron-builder.mjs'))) as {
    default: { extraFiles: readonly { from: string; to: string }[] };
  };
  expect(packaging.extraFiles.map(({ to }) => to)).toEqual(
    expect.arrayContaining(['LICENSE.braggwatch.txt', 'third-party-notices.txt', 'GPL-2.0.txt']),
  );
  expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain('"package": "node scripts/package.mjs"');
  expect(readFileSync(join(root, 'scripts/package.mjs'), 'utf8')).toMatch(
    /await import\('\.\/notices\.mjs'\);[^]*electron-builder`/,
  );
});
