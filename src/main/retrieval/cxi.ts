import { floatsOf } from '@contract/floats';
import { printedInside } from '@contract/printed-inside';
import type { Group } from 'h5wasm/node';
import type { Complex } from '@core/phase/align';
import type { Inside } from '@core/phase/inside';
import { addGroup, addValue } from '@main/nexus/tree';
import { writeWhole } from '@main/nexus/whole-file';
import metadata from '../../../package.json' with { type: 'json' };
import type { RetrievalInput } from './input';
import { opinionOf, voxelMetres } from './look';
import { pictureOf, type Picture } from './picture';

/** Of the CXI format, times 100 (https://www.cxidb.org/cxi.html). */
const CXI_VERSION = 160;
const ANGSTROM = 1e-10;

/** Whose crystal it is, and how it was come by. */
export interface CxiFacts {
  readonly scan: string;
  readonly source: string;
  readonly seed: number;
  /** What it was made from, by which it is known to be that of a verdict; see `main/inside`. */
  readonly madeFrom?: string;
}

/**
 * Writes what was found in a crystal as CXI, at the places where PyNX and cdiutils look for a reconstruction: the complex object in
 * `entry_1/image_1/data` (and `entry_1/data_1/data`), its `support` beside it, numbers in `image_1/process_1/results`; displacement and strain
 * along Q in `result_1`, voxel and axes in `geometry_1`. The file appears whole or not at all.
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function writeCxi(path: string, inside: Inside, input: RetrievalInput, facts: CxiFacts): void {
  writeWhole(path, (file) => {
    file.create_dataset({ name: 'cxi_version', data: CXI_VERSION, dtype: '<i', shape: [] });
    file.create_attribute('default', 'entry_1');
    const entry = addGroup(file, 'entry_1', 'NXentry');
    entry.create_attribute('default', 'data_1');
    addValue(entry, 'title', facts.scan);
    addValue(entry, 'program_name', `Braggwatch ${metadata.version}`);
    addValue(entry, 'start_time', new Date().toISOString());
    addImage(entry, inside, input, facts);
    addGeometry(entry, input);
    addFields(addGroup(entry, 'result_1', 'NXcollection'), pictureOf(inside, input));
    const data = addGroup(entry, 'data_1', 'NXdata');
    data.create_attribute('signal', 'data');
    data.create_attribute('interpretation', 'image');
    data.create_soft_link('/entry_1/image_1/data', 'data');
    file.create_soft_link('/entry_1', 'entry_last');
  });
}

function addImage(entry: Group, inside: Inside, input: RetrievalInput, facts: CxiFacts): void {
  const { size } = input.pattern;
  const image = addGroup(entry, 'image_1', 'NXdata');
  image.create_attribute('signal', 'data');
  addComplex(image, 'data', inside.object, size);
  addCube(image, 'support', inside.body, size);
  addCube(image, 'mask', new Uint8Array(size ** 3), size);
  addValue(image, 'data_type', 'electron density');
  addValue(image, 'data_space', 'real');
  image.create_dataset({ name: 'dimensionality', data: 3, dtype: '<i', shape: [] });
  image.create_dataset({ name: 'is_fft_shifted', data: 0, dtype: '<i', shape: [] });
  const metres = voxelMetres(input);
  if (metres !== undefined) image.create_dataset({ name: 'image_size', data: new Float64Array(3).fill(metres * size) });
  const process = addGroup(image, 'process_1', 'NXprocess');
  addValue(process, 'program', 'Braggwatch');
  addValue(process, 'version', metadata.version);
  addValue(process, 'date', new Date().toISOString());
  addValue(process, 'input', facts.source);
  const configuration = addGroup(process, 'configuration', 'NXcollection');
  addValue(configuration, 'starts', inside.starts);
  addValue(configuration, 'seed', facts.seed);
  if (facts.madeFrom !== undefined) addValue(configuration, 'made_from', facts.madeFrom);
  const results = addGroup(process, 'results', 'NXcollection');
  addValue(results, 'free_error', inside.freeError);
  addValue(results, 'llk_poisson', inside.likelihood.all);
  addValue(results, 'free_llk_poisson', inside.likelihood.free);
  addValue(results, 'pattern_blur', Math.sqrt(inside.blurVariance), 'voxels');
  addValue(
    results,
    'nb_point_support',
    inside.body.reduce((sum, is) => sum + is, 0),
  );
  // The whole opinion, as `retrieve --json` prints it.
  addValue(results, 'retrieval_json', JSON.stringify(printedInside(opinionOf(inside, input))));
}

function addGeometry(entry: Group, { q, qLength, voxel, hkl, frame, pattern }: RetrievalInput): void {
  const geometry = addGroup(entry, 'geometry_1', 'NXcollection');
  geometry
    .create_dataset({ name: 'q_direction', data: Float64Array.from(q) })
    .create_attribute('description', "unit vector along Q in the volume's axes");
  if (qLength !== undefined) addValue(geometry, 'q_length', qLength, '1/angstrom');
  if (voxel !== undefined) {
    addValue(geometry, 'q_voxel', voxel, '1/angstrom');
    addValue(geometry, 'voxel_size', (2 * Math.PI * ANGSTROM) / (pattern.size * voxel), 'm');
  }
  if (hkl) geometry.create_dataset({ name: 'hkl', data: Float64Array.from(hkl) });
  if (frame)
    geometry
      .create_dataset({ name: 'frame', data: Float64Array.from(frame.flat()), shape: [3, 3] })
      .create_attribute(
        'description',
        "the volume's axes as rows, in the sample frame (x downstream, y outboard, z up)",
      );
}

/** What is shown of an object, not a number outside its body; places and facts of each line. */
export function addFields(group: Group, picture: Picture): void {
  const { size, modulus, phase, displacement, strain, body, bodyVoxels, lines } = picture;
  const cubes = [
    ['modulus', modulus, '1'],
    ['phase', phase, 'rad'],
    ['displacement', displacement, 'angstrom'],
    ['strain', strain, 'percent'],
  ] as const;
  for (const [name, bytes, units] of cubes)
    if (bytes) addCube(group, name, floatsOf(bytes), size).create_attribute('units', units);
  addCube(group, 'body', body, size).create_attribute('description', '0 outside, 1 within, 2 at the surface');
  addValue(group, 'body_size', bodyVoxels, 'voxels');
  lines.forEach(({ points, ...facts }, n) => {
    const places = group.create_dataset({
      name: `line_${n + 1}`,
      data: Float64Array.from(points.flat()),
      shape: [points.length, 3],
    });
    places.create_attribute('description', 'places along a dislocation line, voxels');
    places.create_attribute('winding', facts.winding);
    places.create_attribute('line_json', JSON.stringify(facts));
  });
}

function addCube(group: Group, name: string, data: Float32Array | Uint8Array, size: number) {
  const packed = { chunks: [Math.min(16, size), size, size], compression: 'gzip' as const, compression_opts: 4 };
  return group.create_dataset({ name, data, shape: [size, size, size], ...packed });
}

/** As h5py writes complex64: a compound of two floats called r and i. */
function addComplex(group: Group, name: string, { re, im }: Complex, size: number): void {
  group.create_dataset({
    name,
    data: new Map([
      ['r', re],
      ['i', im],
    ]),
    dtype: [
      ['r', '<f'],
      ['i', '<f'],
    ],
    shape: [size, size, size],
    chunks: [Math.min(16, size), size, size],
    compression: 'gzip',
    compression_opts: 4,
  });
}
