import { printedInside } from '@contract/printed-inside';
import { printedLine } from '@contract/printed-line';
import type { VerdictLine } from '@contract/scan';
import { h5wasm } from '@main/hdf5/index';
import { addGroup, addValue } from '@main/nexus/tree';
import { changeWhole } from '@main/nexus/whole-file';
import { addFields } from './cxi';
import type { Picture } from './picture';

const GROUP = 'inside';

/**
 * Puts what is within a crystal into its scan's NeXus result: `entry/inside` with the fields of the CXI file's
 * `result_1`, the opinion, and the verdict line as it is with this witness. The result is replaced as a whole or stays as it was.
 * @throws BraggwatchError disk-full, result-unwritable, path-missing
 */
export function addToNexus(path: string, picture: Picture, line: VerdictLine): void {
  changeWhole(path, (file) => {
    const entry = file.get('entry');
    if (!(entry instanceof h5wasm.Group)) throw new RangeError(`${path} is no result`);
    const there = new Set(entry.keys());
    // HDF5 takes no group away here: one that was made by another method before stays, numbered.
    let name = GROUP;
    for (let n = 2; there.has(name); n++) name = `${GROUP}_${n}`;
    const group = addGroup(entry, name, 'NXdata');
    group.create_attribute('signal', 'modulus');
    addFields(group, picture);
    addValue(group, 'retrieval_json', JSON.stringify(printedInside(picture.opinion)));
    addValue(group, 'verdict_json', JSON.stringify(printedLine(line)));
  });
}
