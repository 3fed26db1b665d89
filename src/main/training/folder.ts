import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingCheck } from '@contract/training';
import { readRecord } from '@main/learn/record';
import type { Earlier } from './job';

// What file managers leave behind does not make a folder somebody else's.
const isNoise = (name: string): boolean => name.startsWith('.');

/** What a folder is to a training that shall put its model there. */
export async function lookAtModelFolder(folder: string): Promise<NonNullable<TrainingCheck['kind']>> {
  if (!existsSync(folder)) return 'new';
  if (readdirSync(folder).every(isNoise)) return 'empty';
  if (await readRecord(folder)) return 'begun';
  return existsSync(join(folder, 'card.json')) ? 'model' : 'occupied';
}

/** The unfinished training in a folder, as it is shown until it is gone on with. */
export async function earlierIn(folder: string | undefined): Promise<Earlier | undefined> {
  const record = folder === undefined ? undefined : await readRecord(folder);
  if (!record || folder === undefined) return undefined;
  const { dataset, network, curve, step, steps, options } = record;
  const progress = { epoch: curve.length, epochs: options.epochs, step, steps, exporting: false };
  return { folder, dataset: dataset.join(', '), network, progress };
}

/** A name with a number that nothing in any of some folders has. */
export function freeName(beginning: string, ...parents: readonly string[]): string {
  const taken = new Set(parents.flatMap((parent) => (existsSync(parent) ? readdirSync(parent) : [])));
  for (let n = 1; ; n++) if (!taken.has(`${beginning}-${n}`)) return `${beginning}-${n}`;
}

/** A folder for a new model, named after its network, that nothing is in. */
export const freeFolder = (parent: string, network: string): string => join(parent, freeName(network, parent));
