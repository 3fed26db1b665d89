import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cli, inRoot, node24, ownEnv } from './paths.mjs';
import { step } from './run.mjs';

const sources = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stamp = inRoot('out', '.sources');

/** Every file under a path of the checkout; the path itself where it is a file, nothing where it is missing. */
function filesUnder(path) {
  const found = statSync(inRoot(path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [inRoot(path)] : [];
  return readdirSync(inRoot(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
}

/** Content, not times: a fresh checkout or a switched branch carries times that mean nothing. */
function digestOfSources() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder).sort())
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Builds `out/` unless it was built from just these sources. */
export async function ensureBuilt() {
  const digest = digestOfSources();
  if (existsSync(cli) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await step('Building', node24, [inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], ownEnv);
  writeFileSync(stamp, digest);
}
