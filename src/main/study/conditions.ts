import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { conditionsSchema, type Conditions } from './breakdown';

const numbered = z.looseObject({ crystal: z.int() });

function readLines(path: string): z.infer<typeof numbered>[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, n) => {
      try {
        return numbered.parse(JSON.parse(line));
      } catch (cause) {
        throw new BraggwatchError('dataset-invalid', `${path}, line ${n + 1}`, { cause });
      }
    });
}

/**
 * How each pattern of a data set came about: its manifest line with its crystal's line beneath.
 * @throws BraggwatchError dataset-invalid
 */
export function readConditions(folder: string): Conditions[] {
  const crystalsPath = join(folder, 'crystals.jsonl');
  const crystals = new Map(
    (existsSync(crystalsPath) ? readLines(crystalsPath) : []).map((line) => [line.crystal, line] as const),
  );
  return readLines(join(folder, 'manifest.jsonl')).map((line) => {
    const parsed = conditionsSchema.safeParse({ ...crystals.get(line.crystal), ...line });
    if (!parsed.success) throw new BraggwatchError('dataset-invalid', z.prettifyError(parsed.error).slice(0, 300));
    return parsed.data;
  });
}
