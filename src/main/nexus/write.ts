import { wholeProbability } from '@contract/percent';
import { printedLine } from '@contract/printed-line';
import type { VerdictLine } from '@contract/scan';
import { floatsOf } from '@contract/floats';
import type { Volume } from '@contract/volume';
import type { ReducedRecord } from './record';
import { addFaults } from './faults';
import { addInstrument, addSample } from './instrument';
import { addGroup, addValue } from './tree';
import { writeWhole } from './whole-file';
import { isDefectSure } from '@vocabulary/doubts';
import type { File, Group } from 'h5wasm/node';
import metadata from '../../../package.json' with { type: 'json' };

const AXES = ['q1', 'q2', 'q3'] as const;
/** As the screen names them. */
const LONG_NAMES = {
  q: ['Q parallel', 'Q perpendicular, horizontal', 'Q perpendicular, vertical'],
  sample: ['Qx', 'Qy', 'Qz'],
} as const;

/**
 * Writes one scan's result as NeXus that opens in silx view and h5web at its peak: the cut through it across Q is the default plot, since
 * both show a volume from its first, dark plane on. NXentry with NXdata (that cut, the volume over Q, the rocking curve), the verdict in
 * numbers, NXinstrument, NXsample, and an NXprocess that says what was done with what.
 * The file appears whole or not at all.
 * @throws BraggwatchError disk-full, result-unwritable
 */
export function writeNexus(path: string, record: ReducedRecord, line: VerdictLine): void {
  writeWhole(path, (file) => {
    const entry = addTitled(file, `${line.scan} ${record.facts.title}`);
    if (record.facts.startedAt !== undefined) addValue(entry, 'start_time', record.facts.startedAt);
    addViews(entry, record.volume, line);
    addRockingCurve(entry, record);
    addVerdict(entry, line);
    addReduction(entry, line);
    addInstrument(entry, record);
    addSample(entry, record);
    addScanProcess(entry, record, line);
  });
}

/** Adds the entry that everything is in, which opens at the cut through its peak. */
export function addTitled(file: File, title: string): Group {
  file.create_attribute('default', 'entry');
  const entry = addGroup(file, 'entry', 'NXentry');
  entry.create_attribute('default', 'peak');
  addValue(entry, 'title', title);
  return entry;
}

/** Adds a volume, and the cut through its peak. */
export function addViews(entry: Group, volume: Volume, line: VerdictLine): void {
  addPeak(entry, volume, line);
  addVolume(entry, volume, line);
}

/** Adds an NXdata as silx view and h5web show it: whose it is, and its fringes, which are not seen on a linear scale. */
function addPlot(entry: Group, name: string, axes: readonly string[], line: VerdictLine): Group {
  const data = addGroup(entry, name, 'NXdata');
  addValue(data, 'title', [line.scan, verdictOf(line)].filter(Boolean).join(': '));
  data.create_attribute('SILX_style', JSON.stringify({ signal_scale_type: 'log' }));
  data.create_attribute('signal', 'intensity');
  data.create_attribute('axes', [...axes]);
  return data;
}

const qAlong = ({ origin, voxel, shape }: Volume, axis: 0 | 1 | 2): Float64Array =>
  Float64Array.from({ length: shape[axis] }, (_, i) => origin[axis] + i * voxel);

function addAxis(data: Group, volume: Volume, axis: 0 | 1 | 2): void {
  const dataset = data.create_dataset({ name: AXES[axis], data: qAlong(volume, axis) });
  dataset.create_attribute('units', '1/angstrom');
  dataset.create_attribute('long_name', `${LONG_NAMES[volume.frameName][axis]} (1/angstrom)`);
}

/** The plane across the first axis that holds the brightest voxel. */
function addPeak(entry: Group, volume: Volume, line: VerdictLine): void {
  const [, rows, columns] = volume.shape;
  const counts = floatsOf(volume.intensity);
  let brightest = 0;
  for (let v = 1; v < counts.length; v++) if (counts[v]! > counts[brightest]!) brightest = v;
  const plane = Math.floor(brightest / (rows * columns));
  const data = addPlot(entry, 'peak', AXES.slice(1), line);
  const cut = counts.slice(plane * rows * columns, (plane + 1) * rows * columns);
  data.create_dataset({ name: 'intensity', data: cut, shape: [rows, columns] });
  for (const axis of [1, 2] as const) addAxis(data, volume, axis);
  addValue(data, 'at_q1', qAlong(volume, 0)[plane]!, '1/angstrom');
}

function addVolume(entry: Group, volume: Volume, line: VerdictLine): void {
  const data = addPlot(entry, 'volume', AXES, line);
  const [n, m, l] = volume.shape;
  const counts = floatsOf(volume.intensity);
  const chunks = [16, m, l];
  const packed = { chunks, compression: 'gzip' as const, compression_opts: 4 };
  data.create_dataset({ name: 'intensity', data: counts, shape: [n, m, l], ...packed });
  data.create_dataset({ name: 'mask', data: volume.mask, shape: [n, m, l], ...packed });
  for (const axis of [0, 1, 2] as const) addAxis(data, volume, axis);
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

/** The verdict in numbers, for whoever reads many files: probabilities from 0 to 1. */
export function addVerdict(entry: Group, { verdict }: VerdictLine): void {
  if (!verdict) return;
  const group = addGroup(entry, 'verdict', 'NXcollection');
  addValue(group, 'class', verdict.class);
  addValue(group, 'sure', Number(verdict.sure));
  addValue(group, 'defective', verdict.defective, '');
  for (const [name, probability] of Object.entries(verdict.probabilities))
    addValue(group, `probability_${name}`, probability, '');
}

/** What the volume is, in numbers. */
function addReduction(entry: Group, { reduction }: VerdictLine): void {
  if (!reduction) return;
  const group = addGroup(entry, 'reduction', 'NXcollection');
  addValue(group, 'method', reduction.method);
  addValue(group, 'frames', reduction.frames);
  addValue(group, 'voxel', reduction.voxelInvAngstrom, '1/angstrom');
  addValue(group, 'oversampling', reduction.oversampling, '');
  if (reduction.q !== undefined) addValue(group, 'q', reduction.q, '1/angstrom');
  if (reduction.dAngstrom !== undefined) addValue(group, 'd', reduction.dAngstrom, 'angstrom');
  const peak = group.create_dataset({ name: 'peak', data: Float64Array.from(reduction.peak) });
  peak.create_attribute('description', 'frame, row and column of the brightest pixel, from 0');
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

/** Adds what made this, and the whole verdict line, so that a file tells by itself what was assumed. @param input what it was made of */
export function addProcess(entry: Group, input: string, line: VerdictLine): Group {
  const process = addGroup(entry, 'process', 'NXprocess');
  addValue(process, 'program', 'Braggwatch');
  addValue(process, 'version', metadata.version);
  addValue(process, 'date', new Date().toISOString());
  addValue(process, 'input', input);
  addValue(process, 'model', line.model ? `${line.model.name} ${line.model.hash}` : 'none');
  addValue(process, 'verdict_json', JSON.stringify(printedLine(line)));
  return process;
}

/** Adds how a scan was reduced, geometry and faults included. */
function addScanProcess(entry: Group, record: ReducedRecord, line: VerdictLine): void {
  const { source, number } = record.facts.ref;
  const process = addProcess(entry, `${source} #${number}`, line);
  addFaults(process, record.faults);
  addValue(process, 'geometry_json', JSON.stringify(record.geometry));
}
