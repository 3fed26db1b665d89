import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts) => join(root, ...parts);

const windows = process.platform === 'win32';
export const localBin = inRoot('node_modules', '.bin');
/** Node 24 from npm: the one that everything of ours runs on, whatever the machine has. */
export const node24 = inRoot('node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
export const cli = inRoot('out', 'main', 'cli.js');

const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
const pathParts = (process.env[pathName] ?? '').split(delimiter).filter((part) => part && part !== localBin);

/** For our own tools: Node 24 comes first. */
export const ownEnv = { ...process.env, [pathName]: [localBin, ...pathParts].join(delimiter) };
/** For npm itself: the machine's Node, since ours is replaced while it runs. */
export const machineEnv = { ...process.env, [pathName]: pathParts.join(delimiter) };

/** Path of Electron's binary, or undefined: npm alone does not bring it (`npx install-electron` does). Never downloads. */
export function electronBinary() {
  const pathFile = inRoot('node_modules', 'electron', 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? inRoot('node_modules', 'electron', 'dist');
  const binary = name || process.env.ELECTRON_OVERRIDE_DIST_PATH ? join(dist, name || 'electron') : undefined;
  return binary && existsSync(binary) ? binary : undefined;
}
