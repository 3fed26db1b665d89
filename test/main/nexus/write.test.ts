import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { answersSchema } from '@contract/geometry';
import type { VerdictLine } from '@contract/scan';
import { rejected } from '@main/beamtime/judge';
import { reduceSource } from '@main/reading/reduce-scan';
import { writeScan } from '@main/demo';
import { writeNexus } from '@main/nexus/write';
import { h5wasm } from '@main/hdf5/index';
import { shippedPresets } from '@main/scan/presets';
import { readerOf } from '@main/scan/readers';

const folder = mkdtempSync(join(tmpdir(), 'braggwatch-nexus-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('opens in silx view and h5web at its volume: named, with its axes, on a log scale', () => {
  const { master } = writeScan(folder);
  const source = readerOf('bliss').open({ format: 'bliss', source: master, number: 1 });
  const preset = shippedPresets().find(({ name }) => name === 'id01')!;
  const record = reduceSource(source, { preset, answers: answersSchema.parse({}), method: 'linear', frame: 'q' });
  source.close();
  const line: VerdictLine = {
    ...rejected(record.facts, { code: 'internal', message: '' }).line,
    verdict: {
      class: 'screw',
      defective: 0.8,
      probabilities: { perfect: 0.2, screw: 0.7, edge: 0.1 },
      sure: false,
    },
  };
  const path = join(folder, 'result.nxs');
  writeNexus(path, record, line);

  const file = new h5wasm.File(path, 'r');
  const attribute = (of: string, name: string): unknown => {
    const thing = of === '' ? file : file.get(of)!;
    return 'attrs' in thing ? thing.attrs[name]?.value : undefined;
  };
  const value = (of: string): unknown => {
    const thing = file.get(of);
    return thing && 'value' in thing ? thing.value : undefined;
  };
  // As the readers do: from default to default, then signal and axes.
  const entry = String(attribute('', 'default'));
  const data = `${entry}/${String(attribute(entry, 'default'))}`;
  expect(attribute(data, 'NX_class')).toBe('NXdata');
  expect(value(`${data}/title`)).toBe(`${line.scan}: screw, 70 % (unsure)`);
  expect(JSON.parse(String(attribute(data, 'SILX_style')))).toEqual({ signal_scale_type: 'log' });
  const signal = file.get(`${data}/${String(attribute(data, 'signal'))}`);
  expect(signal && 'shape' in signal && signal.shape).toEqual([64, 64, 64]);
  for (const axis of attribute(data, 'axes') as string[]) {
    const q = value(`${data}/${axis}`) as Float64Array;
    expect(q).toHaveLength(64);
    expect(attribute(`${data}/${axis}`, 'units')).toBe('1/angstrom');
    expect(attribute(`${data}/${axis}`, 'long_name')).toMatch(/^Q .*\(1\/angstrom\)$/);
  }
  file.close();
});
