import { wholeProbability } from '@contract/percent';
import { printedLine } from '@contract/printed-line';
import type { VerdictLine } from '@contract/scan';
import { floatsOf } from '@contract/floats';
import type { ReducedRecord } from './record';
import { addFaults } from './faults';
import { addGroup, addValue } from './tree';
import { writeWhole } from './whole-file';
import { isDefectSure } from '@vocabulary/doubts';
import type { Group } from 'h5wasm/node';
import metadata from '../../../package.json' with { type: 'json' };

const AXES = ['q1', 'q2', 'q3'] as const;
/** As the screen names them. */
const LONG_NAMES = {
  q: ['Q parallel', 'Q perpendicular, horizontal', 'Q perpendicular, vertical'],
  sample: ['Qx', 'Qy', 'Qz'],
} as const;

/**
 * Writes one scan's result as NeXus that opens in silx view and h5web with the volume as its default plot:
 * NXentry with NXdata (intensity over Q), the rocking curve, and an NXprocess that says what was done with what.
 * The file appears whole or not at all.
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function writeNexus(path: string, record: ReducedRecord, line: VerdictLine): void {
  writeWhole(path, (file) => {
    file.create_attribute('default', 'entry');
    const entry = addGroup(file, 'entry', 'NXentry');
    entry.create_attribute('default', 'volume');
    addValue(entry, 'title', `${line.scan} ${record.facts.title}`);
    addVolume(entry, record, line);
    addRockingCurve(entry, record);
    addProcess(entry, record, line);
  });
}

function addVolume(entry: Group, { volume }: ReducedRecord, line: VerdictLine): void {
  const data = addGroup(entry, 'volume', 'NXdata');
  // silx view and h5web show both: whose volume it is, and its fringes, which are not seen on a linear scale.
  addValue(data, 'title', [line.scan, verdictOf(line)].filter(Boolean).join(': '));
  data.create_attribute('SILX_style', JSON.stringify({ signal_scale_type: 'log' }));
  data.create_attribute('signal', 'intensity');
  data.create_attribute('axes', [...AXES]);
  const [n, m, l] = volume.shape;
  const counts = floatsOf(volume.intensity);
  const chunks = [16, m, l];
  const packed = { chunks, compression: 'gzip' as const, compression_opts: 4 };
  data.create_dataset({ name: 'intensity', data: counts, shape: [n, m, l], ...packed });
  data.create_dataset({ name: 'mask', data: volume.mask, shape: [n, m, l], ...packed });
  AXES.forEach((name, axis) => {
    const q = Float64Array.from({ length: volume.shape[axis]! }, (_, i) => volume.origin[axis]! + i * volume.voxel);
    const dataset = data.create_dataset({ name, data: q });
    dataset.create_attribute('units', '1/angstrom');
    dataset.create_attribute('long_name', `${LONG_NAMES[volume.frameName][axis]!} (1/angstrom)`);
  });
  const frame = data.create_dataset({ name: 'frame', data: Float64Array.from(volume.frame.flat()), shape: [3, 3] });
  frame.create_attribute('description', `axes of the ${volume.frameName} frame as rows, in the sample frame`);
}

/** e.g. `screw, 93 % (unsure)`; empty where there is none. */
function verdictOf({ verdict }: VerdictLine): string {
  if (!verdict) return '';
  const { class: named, probabilities, sure, early } = verdict;
  const certainty = sure ? '' : isDefectSure(verdict) ? ' (kind unsure)' : ' (unsure)';
  return `${named}, ${wholeProbability(probabilities[named] ?? 0)}${certainty}${early ? ' (early)' : ''}`;
}

function addRockingCurve(entry: Group, { rockingCurve }: ReducedRecord): void {
  const data = addGroup(entry, 'rocking_curve', 'NXdata');
  data.create_attribute('signal', 'counts');
  data.create_attribute('axes', ['position']);
  const position = data.create_dataset({ name: 'position', data: Float64Array.from(rockingCurve.positions) });
  position.create_attribute('units', 'deg');
  position.create_attribute('long_name', rockingCurve.motor);
  data.create_dataset({ name: 'counts', data: Float64Array.from(rockingCurve.counts) });
}

function addProcess(entry: Group, record: ReducedRecord, line: VerdictLine): void {
  const process = addGroup(entry, 'process', 'NXprocess');
  addValue(process, 'program', 'Braggwatch');
  addValue(process, 'version', metadata.version);
  addValue(process, 'date', new Date().toISOString());
  const { facts } = record;
  addValue(process, 'input', `${facts.ref.source} #${facts.ref.number}`);
  addValue(process, 'model', line.model ? `${line.model.name} ${line.model.hash}` : 'none');
  addFaults(process, record.faults);
  // The whole verdict line and geometry, so that a file tells by itself what was assumed.
  addValue(process, 'verdict_json', JSON.stringify(printedLine(line)));
  addValue(process, 'geometry_json', JSON.stringify(record.geometry));
}
