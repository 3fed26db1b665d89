import { existsSync, readFileSync } from 'node:fs';
import { inRoot, machineEnv, node24 } from './paths.mjs';
import { step } from './run.mjs';

const packagesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** Whether npm's own note of what it installed agrees with the lock file, package by package. */
function isInstalled() {
  const note = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(note) || !existsSync(node24)) return false;
  const installed = packagesIn(note);
  return Object.entries(packagesIn(inRoot('package-lock.json'))).every(
    ([path, { version, optional, peer }]) =>
      path === '' || installed[path]?.version === version || (!installed[path] && (optional || peer)),
  );
}

/** `npm ci`, unless the packages of the lock file are all there. Touches no network when they are. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  // Under `npm run`, the very npm that runs us; else the one on the path.
  const { npm_node_execpath: npmNode, npm_execpath: npmCli } = process.env;
  const own = npmNode && npmCli?.endsWith('.js') && !npmNode.startsWith(inRoot('node_modules'));
  const [command, ...args] = own ? [npmNode, npmCli] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  // Without this, and where npm does not know `allowScripts` yet, onnxruntime fetches CUDA's libraries from elsewhere.
  const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ...machineEnv };
  await step('Installing packages (npm ci)', command, [...args, 'ci', '--no-progress'], env);
}
