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

it('opens in silx view and h5web at its peak: named, with its axes, on a log scale; the volume and all numbers stand beside it', () => {
  const { master } = writeScan(folder);
  const source = readerOf('bliss').open({ format: 'bliss', source: master, number: 1 });
  const preset = shippedPresets().find(({ name }) => name === 'id01')!;
  const record = reduceSource(source, {
    preset,
    answers: answersSchema.parse({ element: 'Pt' }),
    method: 'linear',
    frame: 'q',
  });
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
  for (const [group, shape] of [
    [data, [64, 64]],
    ['entry/volume', [64, 64, 64]],
  ] as const) {
    expect(attribute(group, 'NX_class')).toBe('NXdata');
    expect(value(`${group}/title`)).toBe(`${line.scan}: screw, 70 % (unsure)`);
    expect(JSON.parse(String(attribute(group, 'SILX_style')))).toEqual({ signal_scale_type: 'log' });
    const signal = file.get(`${group}/${String(attribute(group, 'signal'))}`);
    expect(signal && 'shape' in signal && signal.shape).toEqual(shape);
    const axes = attribute(group, 'axes') as string[];
    expect(axes).toHaveLength(shape.length);
    for (const axis of axes) {
      const q = value(`${group}/${axis}`) as Float64Array;
      expect(q).toHaveLength(64);
      expect(attribute(`${group}/${axis}`, 'units')).toBe('1/angstrom');
      expect(attribute(`${group}/${axis}`, 'long_name')).toMatch(/^Q .*\(1\/angstrom\)$/);
    }
  }
  const brightest = (group: string): number =>
    (value(`${group}/intensity`) as Float32Array).reduce((most, v) => Math.max(most, v), 0);
  expect(brightest(data)).toBe(brightest('entry/volume'));

  const withUnit = (of: string): readonly unknown[] => [value(of), attribute(of, 'units')];
  expect(['instrument', 'sample'].map((name) => attribute(`entry/${name}`, 'NX_class'))).toEqual([
    'NXinstrument',
    'NXsample',
  ]);
  expect(withUnit('entry/instrument/monochromator/energy')).toEqual([9000, 'eV']);
  expect(withUnit('entry/instrument/detector/distance')).toEqual([0.35, 'm']);
  expect(withUnit('entry/instrument/detector/beam_center_y')).toEqual([44.5, 'pixel']);
  expect(withUnit('entry/instrument/detector/beam_center_x')).toEqual([50.25, 'pixel']);
  expect(value('entry/instrument/monochromator/wavelength')).toBeCloseTo(1.3776, 4);
  expect(value('entry/sample/chemical_formula')).toBe('Pt');
  expect(['perfect', 'screw', 'edge'].map((name) => value(`entry/verdict/probability_${name}`))).toEqual([
    0.2, 0.7, 0.1,
  ]);
  expect(value('entry/verdict/class')).toBe('screw');
  file.close();
});
