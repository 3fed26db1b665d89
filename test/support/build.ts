import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { createNodeLauncher, type Launcher } from '@main/process/launcher';

/** The built command; `npm test` builds before it runs the tests. */
export const builtCli = new URL('../../out/main/cli.js', import.meta.url).pathname;

/** Starts the built workers, as the app does. */
export function builtLauncher(): Launcher {
  if (!existsSync(builtCli)) throw new Error('build first: npm run build');
  return createNodeLauncher(pathToFileURL(builtCli).href);
}

/** A folder of its own for one test, removed afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits until `look` gives something, at most `seconds`. */
export async function eventually<T>(look: () => T | undefined | false, what: string, seconds = 40): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never happened: ${what}`);
}
