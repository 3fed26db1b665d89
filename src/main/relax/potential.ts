import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { elementNames } from '@core/crystal/elements';
import { bulkOf } from '@core/potential/bulk';
import { parseSetfl, SETFL_LARGEST_BYTES, writeSetfl } from '@core/potential/setfl';
import { PotentialError, type EamTables } from '@core/potential/types';
import { hasZhou04, zhou04Tables } from '@core/potential/zhou04';
import type { PotentialText } from './types';

const ZHOU = 'zhou04:';

/** A file's text. @throws BraggwatchError path-missing, potential-invalid */
function readPotential(path: string): string {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) throw new BraggwatchError('path-missing', path);
  if (!facts.isFile()) throw new BraggwatchError('potential-invalid', `${path} is no file`);
  if (facts.size > SETFL_LARGEST_BYTES) throw new BraggwatchError('potential-invalid', `${path} is too large`);
  return readFileSync(path, 'latin1');
}

/** Tables and text that a name stands for. */
function load(spec: string): { tables: EamTables; style: PotentialText['style']; text: string } {
  if (spec.startsWith(ZHOU)) {
    const element = spec.slice(ZHOU.length);
    if (!hasZhou04(element))
      throw new PotentialError(`there is no ${spec}; there are ${elementNames.map((name) => ZHOU + name).join(', ')}`);
    const tables = zhou04Tables(element);
    return { tables, style: 'eam/alloy', text: writeSetfl(tables) };
  }
  const text = readPotential(spec);
  const tables = parseSetfl(text);
  return { tables, style: tables.style, text };
}

/**
 * The potential that a name stands for: `zhou04:Pt`, or the path of a setfl file.
 * @param element which of a file's elements; not needed where there is one only
 * @throws BraggwatchError potential-invalid, path-missing
 */
export function resolvePotential(spec: string, element?: string): PotentialText {
  try {
    const { tables, style, text } = load(spec);
    const names = tables.elements.map(({ name }) => name);
    const chosen = element ?? names[0]!;
    if (!element && names.length > 1) throw new PotentialError(`say which of its elements: ${names.join(', ')}`);
    const bulk = bulkOf(tables, chosen);
    const { mass } = tables.elements.find(({ name }) => name === chosen)!;
    const name = spec.startsWith(ZHOU) ? spec : basename(spec);
    return { name, style, text, element: chosen, mass, bulk, cutoffAngstrom: tables.cutoffAngstrom };
  } catch (error) {
    if (error instanceof PotentialError)
      throw new BraggwatchError('potential-invalid', error.message, { cause: error });
    throw error;
  }
}
