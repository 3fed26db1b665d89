import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dataset, Group } from 'h5wasm/node';
import { editFile } from '@main/nexus/edit';
import { addColumn, addGroup, addValue, extend } from '@main/nexus/tree';
import { blissReader } from '@main/scan/bliss';
import { digestOf, stamp } from './bench';
import {
  COLS,
  interleaved,
  oneOf,
  put,
  PIXELS,
  ROWS,
  someFrames,
  WITHIN_LACK_MS,
  type Maker,
  type Step,
} from './writer';

const DATA = '/entry_0000/measurement/data';

function edit(path: string, change: Parameters<typeof editFile>[1]): void {
  editFile(path, change);
  stamp(path);
}

interface Plan {
  /** Lima makes room for all frames at first, or for each as it comes. */
  readonly lima: 'allocated' | 'growing';
  /** When the master links to Lima's file. */
  readonly link: 'first' | 'any time' | 'after the end';
  /** Whether the master may end before Lima has written everything. */
  readonly end: 'last' | 'any time';
}

/** A BLISS master, new or with scans in it, and Lima's file beside it. */
const linked =
  (plan: Plan): Maker =>
  (folder, name, draw) => {
    const { count, frame, digest } = someFrames(draw);
    const number = 1;
    const source = join(folder, `${name}.h5`);
    const lima = `scan${String(number).padStart(4, '0')}/mpx1x4_0000.h5`;
    const file = join(folder, lima);
    const root = `${number}.1`;
    const first = plan.lima === 'allocated' ? count : 0;
    const master = (change: (entry: Group) => void): Step => ({
      run: () => edit(source, (opened) => change(opened.get(root) as Group)),
    });
    const header: Step = {
      run: () =>
        edit(source, (opened) => {
          const entry = addGroup(opened, root, 'NXentry');
          addValue(entry, 'title', `ascan eta 16 ${16 + 0.01 * (count - 1)} ${count - 1} 1`);
          addValue(entry, 'start_time', `2026-02-14T02:${String(number).padStart(2, '0')}:00`);
          const instrument = addGroup(entry, 'instrument', 'NXinstrument');
          addValue(addGroup(instrument, 'positioners', 'NXcollection'), 'delta', 33);
          addValue(addGroup(instrument, 'mpx1x4', 'NXdetector'), 'distance', 0.9);
          addColumn(addGroup(entry, 'measurement', 'NXcollection'), 'eta');
        }),
    };
    const link = master((entry) => (entry.get('instrument/mpx1x4') as Group).create_external_link(lima, DATA, 'data'));
    const positions = Array.from({ length: count }, (_, k) =>
      master((entry) => extend(entry.get('measurement/eta') as Dataset, Float64Array.of(16 + 0.01 * k))),
    );
    const end = master((entry) => addValue(entry, 'end_time', '2026-02-14T02:59:00'));
    const made: Step = {
      run: () =>
        edit(file, (opened) => {
          addGroup(addGroup(opened, 'entry_0000', 'NXentry'), 'measurement', 'NXcollection').create_dataset({
            ...{ name: 'data', data: new Int32Array(first * PIXELS), dtype: '<i4', shape: [first, ROWS, COLS] },
            ...{ maxshape: [null, ROWS, COLS], chunks: [1, ROWS, COLS] },
          });
        }),
    };
    const frames = Array.from({ length: count }, (_, k) => ({
      run: () =>
        edit(file, (opened) => {
          const data = opened.get(DATA) as Dataset;
          if (plan.lima === 'growing') return extend(data, frame(k));
          data.write_slice(
            [
              [k, k + 1],
              [0, ROWS],
              [0, COLS],
            ],
            frame(k),
          );
        }),
    }));
    const begun = plan.link === 'first' ? [header, link] : [header];
    const table = plan.end === 'last' ? positions : [...positions, end];
    const links = plan.link === 'any time' ? [link] : [];
    const middle = [...begun, ...interleaved(draw, table, [made, ...frames], links)];
    const written = plan.end === 'last' ? [...middle, end] : middle;
    const steps = plan.link === 'after the end' ? [...written, link] : written;
    const ended = steps.indexOf(end);
    return {
      what: `bliss, ${Object.values(plan).join(', ')}`,
      ...{ source, number, truth: digest },
      steps: steps.map((step, k) => (k >= ended ? { ...step, within: WITHIN_LACK_MS } : step)),
    };
  };

const fixture = join(import.meta.dirname, '../../fixtures/bliss-vds');

/** A master with a virtual data set over two files, which has ended before the second one is there, or whole. */
const virtual: Maker = (folder, _name, draw) => {
  const source = join(folder, 'sample_0001.h5');
  const copy = (name: string): Step => ({
    run() {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      copyFileSync(join(fixture, name), join(folder, name));
      stamp(join(folder, name));
    },
  });
  const last = 'scan0001/mpx1x4_0001.h5';
  const bytes = readFileSync(join(fixture, last));
  const cut = { run: () => put(join(folder, last), bytes.subarray(0, oneOf(draw, [0, 300, bytes.length - 200]))) };
  const opened = blissReader.open({ format: 'bliss', source: join(fixture, 'sample_0001.h5'), number: 1 });
  const truth = digestOf(opened.read(0, opened.facts.framesPresent));
  opened.close();
  const steps = interleaved(draw, [copy('sample_0001.h5')], [copy('scan0001/mpx1x4_0000.h5')], [cut, copy(last)]);
  return { what: 'bliss, virtual', source, number: 1, steps, truth };
};

export const blissMakers: readonly Maker[] = [
  linked({ lima: 'growing', link: 'first', end: 'last' }),
  linked({ lima: 'allocated', link: 'first', end: 'last' }),
  linked({ lima: 'allocated', link: 'any time', end: 'any time' }),
  linked({ lima: 'growing', link: 'any time', end: 'any time' }),
  linked({ lima: 'growing', link: 'after the end', end: 'last' }),
  virtual,
];
