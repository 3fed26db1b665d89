import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The built file that a thread of this process runs, beside the process's own or one level above its chunks.
 * @param name of the build's entry, e.g. `reading-thread`
 * @returns undefined when run from sources: the caller does the work itself then
 */
export const threadEntry = (name: string): string | undefined =>
  [`./${name}.js`, `../${name}.js`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
