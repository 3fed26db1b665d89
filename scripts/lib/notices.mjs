import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages of development that the build takes into the page or the program all the same. */
export const bundled = ['svelte', 'plotly.js-strict-dist-min', 'd3-scale-chromatic'];

/** Another program that is handed on beside this one, under terms of its own. */
const lammps = `LAMMPS (10 Sep 2025), in lammps.js
GPL-2.0-only; https://www.lammps.org

LAMMPS is a program of its own, handed on with Braggwatch as a WebAssembly build and run in a process of its own; Braggwatch talks to it by
input decks and files. Its licence follows in full in resources/licences/GPL-2.0.txt.

Source: https://github.com/lammps/lammps, tag patch_10Sep2025, built by cpp/build.py of https://github.com/lammps/lammps.js (version and
build script lie in node_modules/lammps.js). For three years from the day on which you got this program, its developers hand anybody who asks for
it the complete corresponding source on a medium for software interchange, for no more than the cost of doing so.
`;

/**
 * Every package that a user gets, as package-lock.json lists them, with the terms that lie beside each.
 * @param {string} root of the checkout, with its packages installed
 * @returns {readonly { name: string, version: string, licence: string, texts: readonly string[] }[]} in the order of their names
 */
export function shippedPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wanted = Object.entries(packages).filter(
    ([path, { dev }]) => path !== '' && (!dev || bundled.some((name) => path === `node_modules/${name}`)),
  );
  return wanted
    .filter(([path]) => existsSync(join(root, path, 'package.json')))
    .map(([path, { version }]) => {
      const { name, license, licenses } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
      const said = license ?? licenses?.[0] ?? 'not stated';
      const files = readdirSync(join(root, path)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      const texts = files.sort().flatMap((file) => text(join(root, path, file)));
      return { name, version, licence: typeof said === 'string' ? said : said.type, texts };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Nothing where it is a folder. */
function text(path) {
  try {
    return [readFileSync(path, 'utf8').trim()];
  } catch {
    return [];
  }
}

/** The notices that a package of Braggwatch holds. @param {string} root @returns {string} */
export function notices(root) {
  const rule = `\n${'-'.repeat(78)}\n\n`;
  const each = shippedPackages(root).map(
    ({ name, version, licence, texts }) => [`${name} ${version}\n${licence}`, ...texts].join('\n\n') + '\n',
  );
  return ['Braggwatch is handed on with the works of others, each under its own terms.\n', lammps, ...each].join(rule);
}
