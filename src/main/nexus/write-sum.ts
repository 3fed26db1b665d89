import { keptSumSchema, type KeptSum } from '@contract/repeats';
import type { VerdictLine } from '@contract/scan';
import type { Volume } from '@contract/volume';
import { openHdf5 } from '@main/hdf5/index';
import { addProcess, addTitled, addVerdict, addViews } from './write';
import { addValue } from './tree';
import { writeWhole } from './whole-file';

const REPEATS = 'repeats_json';

/**
 * Writes a sum of repeats as NeXus that opens as a scan's own result does, and says which were summed.
 * @param line what it is judged as, under the sum's name
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function writeSum(path: string, volume: Volume, line: VerdictLine, kept: KeptSum): void {
  writeWhole(path, (file) => {
    const entry = addTitled(file, line.scan);
    addViews(entry, volume, line);
    addVerdict(entry, line);
    const process = addProcess(entry, kept.repeats.map(({ scan }) => scan).join(', '), line);
    addValue(process, REPEATS, JSON.stringify(kept));
  });
}

/** What a file says of its sum; null where it is none that this version knows. */
export function readSum(path: string): KeptSum | null {
  const file = openHdf5(path);
  try {
    return keptSumSchema.safeParse(JSON.parse(file.text(`/entry/process/${REPEATS}`) ?? 'null')).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  } finally {
    file.close();
  }
}
