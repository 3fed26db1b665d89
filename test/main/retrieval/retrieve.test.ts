import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { printedInsideSchema } from '@contract/printed-inside';
import { problemSchema } from '@contract/errors';
import { printedLineSchema } from '@contract/printed-line';
import { writeScan } from '@main/demo';
import { encodeNpz } from '@main/files/npy';
import { openHdf5 } from '@main/hdf5';
import { readReduced } from '@main/retrieval/from-npz';
import { builtCli, temporaryFolder } from '../../support/build';
import { runCli as run, type Ran } from '../../support/cli';

/** A line as DESIGN section 7 has it. */
const lineSchema = z.strictObject({
  scan: z.string(),
  source: z.string(),
  retrieval: printedInsideSchema,
  timings_ms: z.record(z.string(), z.number()),
});
const linesOf = ({ out }: Ran) =>
  out
    .trim()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));

it('finds the dislocation of a raw scan, by its own size and reflection, in twice the detail where that is asked for, and the same again with the same seed', () => {
  const folder = temporaryFolder();
  const { master, sizeAngstrom } = writeScan(folder, { defect: 'screw', points: 64 });
  const ran = run(['retrieve', master, '--starts', '2', '--json']);
  expect(ran.code).toBe(0);
  const [line, ...others] = linesOf(ran);
  expect(others).toEqual([]);
  const { retrieval } = line!;
  expect(retrieval).toMatchObject({ says: 'line', starts: 2, character: 'screw' });
  expect(retrieval.lines[0]!.winding).toBe(1);
  // 1/2<110> to {111}: 35.3 degrees.
  expect(Math.abs(retrieval.lines[0]!.angle_to_q_deg - 35.3)).toBeLessThan(15);
  expect(Math.abs(retrieval.body_nm! / (sizeAngstrom / 10) - 1)).toBeLessThan(0.12);
  expect(ran.err).toContain('50 %');

  const wide = join(folder, 'wide.cxi');
  const twice = linesOf(run(['retrieve', master, '--starts', '1', '--size', '128', '--out', wide, '--json']))[0]!;
  expect(Math.abs(twice.retrieval.body_nm! / (sizeAngstrom / 10) - 1)).toBeLessThan(0.12);
  const file = openHdf5(wide);
  try {
    expect(file.info('/entry_1/image_1/data')?.shape).toEqual([128, 128, 128]);
  } finally {
    file.close();
  }

  const again = linesOf(run(['retrieve', master, '--starts', '2', '--json']))[0]!;
  expect(again.retrieval).toEqual(retrieval);
}, 600_000);

it('looks into what reduce has written, and says a line for people', () => {
  const folder = temporaryFolder();
  const { master } = writeScan(folder, { points: 64 });
  const out = join(folder, 'reduced.npz');
  expect(run(['reduce', master, '--out', out]).code).toBe(0);
  const ran = run(['retrieve', out, '--starts', '1']);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toMatch(
    /^reduced {2}reduced\.npz {2}no line {2}1 of 1 starts agree, free error 0\.\d+ {2}\d{3} nm {2}phase/,
  );
  expect(readReduced(out)).toMatchObject({ hkl: [1, 1, 1], pattern: { size: 64 } });
});

it('stands beside the verdict where classify is asked for it, in the line and in the result', () => {
  const folder = temporaryFolder();
  const { master } = writeScan(folder, { defect: 'screw', points: 64 });
  const out = join(folder, 'results');
  const ran = run(['classify', master, '--inside', '--out', out, '--json']);
  expect(ran.code).toBe(0);
  const { verdict } = printedLineSchema.parse(JSON.parse(ran.out));
  const testimony = verdict!.class === 'perfect' ? 'contradicts' : 'agrees';
  expect(verdict!.inside).toMatchObject({ says: 'line', starts: 5, character: 'screw', testimony });
  expect(verdict!.doubts?.includes('inside-contradicts') ?? false).toBe(testimony === 'contradicts');
  const files = readdirSync(out).sort();
  expect(files.map((name) => name.slice(-4))).toEqual(['.cxi', '.nxs']);
  const result = openHdf5(join(out, files[1]!));
  try {
    expect(JSON.parse(result.text('/entry/inside/verdict_json')!)).toMatchObject({ verdict });
    expect(result.info('/entry/inside/strain')?.shape).toEqual([64, 64, 64]);
  } finally {
    result.close();
  }
}, 600_000);

it('tells bad input from bad usage, and goes on with the other paths', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'small.npz');
  writeFileSync(file, encodeNpz({ intensity: { shape: [2, 2, 2], data: new Float32Array(8) } }));
  const ran = run(['retrieve', file, '--json']);
  expect(ran.code).toBe(3);
  const { error } = z.object({ error: problemSchema }).parse(JSON.parse(ran.out));
  expect(error.code).toBe('volume-unfit');
  expect(run(['retrieve', join(folder, 'nowhere')]).code).toBe(3);
  expect(run(['retrieve']).code).toBe(2);
  expect(run(['retrieve', file, '--starts', '0']).code).toBe(2);
  expect(run(['retrieve', file, '--size', '100']).code).toBe(2);
});

it('ends at a signal', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'dull.npz');
  const intensity = Float32Array.from({ length: 64 ** 3 }, (_, v) => 1 + (v % 7));
  writeFileSync(file, encodeNpz({ intensity: { shape: [64, 64, 64], data: intensity } }));
  const child = spawn(process.execPath, [builtCli, 'retrieve', file, '--starts', '9', '--json']);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  // The first word of progress: it is computing.
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(code === null ? signal : code).not.toBe(0);
  expect(out).toBe('');
});
