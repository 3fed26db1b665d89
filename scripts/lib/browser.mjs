import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { machineEnv } from './paths.mjs';
import { attempt } from './run.mjs';

/** Behind a firewall apt would try each server for minutes. */
const impatient = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'];

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Path of an installed Chromium or Chrome, or undefined. */
export function findBrowser() {
  if (process.env.BRAGGWATCH_CHROMIUM) return process.env.BRAGGWATCH_CHROMIUM;
  const folders = (machineEnv.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** Debian's Chromium, where there is no browser yet and root and apt can bring one. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  const env = { ...machineEnv, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (title, ...args) => attempt(title, '/usr/bin/apt-get', ['-qq', '-y', ...impatient, ...args], env);
  const install = () =>
    apt('Installing Chromium (apt-get)', '--no-install-recommends', 'install', 'chromium', 'fonts-dejavu-core');
  // The package lists of a container are often missing or old, so they are fetched first.
  if (await apt('Fetching package lists (apt-get update)', 'update')) await install();
  return findBrowser();
}
