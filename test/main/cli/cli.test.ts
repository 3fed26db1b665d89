import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printedLineSchema, type PrintedLine } from '@contract/printed-line';
import { writeScan } from '@main/demo';
import { decodeNpz } from '@main/files/npy';
import { temporaryFolder } from '../../support/build';
import { runCli as run, type Ran } from '../../support/cli';

/** Every line of stdout, which must hold verdict lines and nothing else. */
const linesOf = ({ out }: Ran): PrintedLine[] =>
  out
    .trim()
    .split('\n')
    .map((line) => printedLineSchema.parse(JSON.parse(line)));

describe('braggwatch classify', () => {
  it('prints one verdict line per scan and exits 0', () => {
    const folder = temporaryFolder();
    writeScan(folder, { number: 1 });
    writeScan(folder, { number: 2, defect: 'edge' });
    const ran = run(['classify', folder, '--json', '--out', join(folder, 'results')]);
    expect(ran.code).toBe(0);
    const lines = linesOf(ran);
    expect(lines.map(({ state, truth }) => [state, truth])).toEqual([
      ['classified', 'perfect'],
      ['classified', 'edge'],
    ]);
    for (const { reduction, engine, invisible, verdict } of lines) {
      expect(reduction?.d_angstrom).toBeCloseTo(2.2657, 2);
      expect(engine).toBe('onnx/cpu');
      expect(invisible).toHaveLength(3);
      expect(Object.keys(verdict!.probabilities)).toEqual(['perfect', 'screw', 'edge']);
      expect(Object.values(verdict!.probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    }
    expect(linesOf(run(['classify', folder, '--json', '--scan', '2']))).toHaveLength(1);
  });

  it('tells bad input from bad usage, and says what to do', () => {
    const folder = temporaryFolder();
    expect(run(['classify', join(folder, 'nowhere')])).toMatchObject({ code: 3, out: '' });
    expect(run(['classify', folder]).code).toBe(3);
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(run(['classify', join(folder, 'notes.txt')]).err).toContain('format-unknown');
    expect(run(['classify']).code).toBe(2);
    expect(run(['classify', folder, '--method', 'cubic']).code).toBe(2);
    expect(run(['classify', folder, '--engine', 'abacus']).code).toBe(2);
    expect(run(['no-such-command']).code).toBe(2);
    expect(run(['--help']).code).toBe(0);
  });

  it('says which files are in a layout that nobody knows, and that serve takes a preset with a folder only', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'theirs.cbf'), 'x');
    const ran = run(['classify', folder]);
    expect(ran).toMatchObject({ code: 3, out: '' });
    expect(ran.err).toContain('layout-unknown');
    expect(ran.err).toContain(`1 file in ${folder}: theirs.cbf`);
    expect(run(['serve', '--preset', 'id01', '--out', join(folder, 'home')])).toMatchObject({ code: 2, out: '' });
  });

  it('judges the good ones among the bad, and exits 4', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'empty.h5'), '');
    writeScan(folder);
    writeFileSync(join(folder, 'theirs.cbf'), 'x');
    const ran = run(['classify', folder, '--json']);
    expect(ran.code).toBe(4);
    expect(ran.err).toContain('theirs.cbf');
    const states = linesOf(ran).map(({ state, error }) => error?.code ?? state);
    expect(states.sort()).toEqual(['classified', 'scan-truncated'].sort());
    expect(run(['classify', join(folder, 'empty.h5'), '--json']).code).toBe(3);
  });

  it('judges the other paths where one is bad, and says of each what came', () => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder);
    const nowhere = join(folder, 'nowhere');
    const ran = run(['classify', nowhere, master, '--json']);
    expect(ran.code).toBe(4);
    expect(linesOf(ran).map(({ source, error, state }) => [source, error?.code ?? state])).toEqual([
      [nowhere, 'path-missing'],
      [master, 'classified'],
    ]);
    const [first, ...more] = run(['classify', master]).out.trimEnd().split('\n');
    expect(first).toContain('perfect');
    expect(more.join('\n')).toContain('cannot see dislocations with Burgers vector 1/2[1-10]');
  });

  it('refuses a preset and a model that there are not before anything is read', () => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder);
    for (const command of [
      ['classify', master],
      ['watch', folder, '--until-idle', '0'],
    ]) {
      const preset = run([...command, '--preset', 'nope']);
      expect(preset).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no beamline preset nope') });
      const model = run([...command, '--model', 'nope']);
      expect(model).toMatchObject({ code: 2, out: '', err: expect.stringContaining('no model nope') });
    }
    expect(run(['classify', master, '--model', 'two-class'])).toMatchObject({ code: 2, out: '' });
  });

  it('takes the geometry from a file, and refuses one that cannot be', () => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder);
    const geometry = join(folder, 'geometry.json');
    writeFileSync(geometry, JSON.stringify({ distanceM: 0.7, element: 'Pt', hkl: [2, 0, 0] }));
    const [line] = linesOf(run(['classify', master, '--json', '--geometry', geometry]));
    expect(line?.hkl).toEqual([2, 0, 0]);
    expect(line?.warnings.map(({ code }) => code)).not.toContain('reflection-assumed');
    writeFileSync(geometry, JSON.stringify({ distanceM: -1 }));
    expect(run(['classify', master, '--geometry', geometry])).toMatchObject({
      code: 3,
      err: expect.stringContaining('distanceM'),
    });
    writeFileSync(geometry, '{');
    expect(run(['classify', master, '--geometry', geometry]).err).toContain('geometry-invalid');
  });
});

describe('braggwatch reduce', () => {
  it.each(['q', 'sample'] as const)('writes the volume and its axes, frame %s', (frame) => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder);
    const out = join(folder, 'volume.npz');
    expect(run(['reduce', master, '--out', out, '--frame', frame]).code).toBe(0);
    const arrays = decodeNpz(readFileSync(out));
    expect(arrays['intensity']?.shape).toEqual([64, 64, 64]);
    expect(Float32Array.from(arrays['intensity']!.data).reduce((max, v) => Math.max(max, v), 0)).toBe(1);
    const axes = (['qx', 'qy', 'qz'] as const).map((name) => arrays[name]!.data);
    for (const axis of axes) expect(axis).toHaveLength(64);
    const centre = Math.hypot(...axes.map((axis) => axis[32]!));
    expect((2 * Math.PI) / centre).toBeCloseTo(2.2657, 1);
    // In the Q frame all of Q lies along the first axis.
    if (frame === 'q') expect(axes[0]![32]! / centre).toBeCloseTo(1, 4);
    else expect([...arrays['frame']!.data]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
});

describe('braggwatch occlude', () => {
  it('writes how far the probability falls at every centre', () => {
    const folder = temporaryFolder();
    const { master } = writeScan(folder);
    const out = join(folder, 'map.npz');
    const ran = run(['occlude', master, '--out', out, '--stride', '16', '--json']);
    expect(ran.code).toBe(0);
    const told = JSON.parse(ran.out) as { places: number; drop: number; probability: number };
    expect(told.places).toBe(125);
    const arrays = decodeNpz(readFileSync(out));
    expect(arrays['drop']?.shape).toEqual([5, 5, 5]);
    expect([...arrays['centres']!.data]).toEqual([0, 16, 32, 48, 64]);
    const drop = [...arrays['drop']!.data].map(Number);
    expect(Math.max(...drop)).toBeCloseTo(told.drop, 5);
    expect(Math.max(...drop)).toBeLessThanOrEqual(told.probability + 1e-6);
    // A sphere in the corner takes away nothing that the network looks at.
    expect(Math.abs(drop[0]!)).toBeLessThan(1e-6);
    expect(run(['occlude', master, '--out', out, '--stride', '5']).code).toBe(2);
  });
});

describe('braggwatch doctor', () => {
  it('tells which engine would run, and of every other one why not', () => {
    const { code, out } = run(['doctor', '--json']);
    expect(code).toBe(0);
    const findings = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { what: string; ok: boolean; detail: string });
    const engines = findings.filter(({ what }) => what.startsWith('engine '));
    expect(engines.map(({ what }) => what)).toEqual([
      'engine onnx/cuda',
      'engine onnx/webgpu',
      'engine onnx/cpu',
      'engine tensorflow',
    ]);
    expect(engines.filter(({ detail }) => detail.startsWith('would run'))).toHaveLength(1);
    for (const { detail } of engines) expect(detail.length).toBeGreaterThan(5);
  });
});

describe('braggwatch watch and export', () => {
  it('judges what lies in the folder, remembers it, and exports it', () => {
    const folder = temporaryFolder();
    const home = join(folder, 'home');
    const raw = join(folder, 'raw');
    mkdirSync(raw);
    writeScan(raw, { defect: 'screw' });
    const first = run(['watch', raw, '--json', '--out', home, '--until-idle', '5']);
    expect(first.code).toBe(0);
    expect(linesOf(first)).toHaveLength(1);
    expect(run(['watch', raw, '--json', '--out', home, '--until-idle', '3']).out).toBe('');
    const table = run(['export', '--home', home]).out.trim().split('\n');
    expect(table).toHaveLength(2);
    expect(table[0]).toMatch(/^scan,source,state,class,/);
    const copies = join(folder, 'copies');
    run(['export', '--home', home, '--format', 'nexus', '--out', copies]);
    expect(existsSync(copies)).toBe(true);
    expect(printedLineSchema.parse(JSON.parse(run(['export', '--home', home, '--format', 'json']).out))).toMatchObject({
      truth: 'screw',
    });
  });
});
