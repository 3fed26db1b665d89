import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillFcc } from '@core/crystal/lattice';
import { winterbottom } from '@core/crystal/shape';
import { formFactor } from '@core/scatter/formFactor';
import { writeDataFile } from '@main/relax/data-file';
import { decodeNpz } from '@main/files/npy';
import { temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

// A lattice constant of nobody's: the command has to find it.
const EDGE = 3.95;
const shape = winterbottom({ element: 'Pt', lateral: 12 * EDGE, interfaceIndex: 2, height: 0.7 });
const positions = fillFcc(shape, EDGE, [0.4, 0.1, 0.2]);

function crystalFile(): { folder: string; file: string; out: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'crystal.data');
  writeDataFile(file, { positions, massU: 195.08, title: 'a crystal' });
  return { folder, file, out: join(folder, 'pattern.npz') };
}

/** |f(Q) sum exp(i Q.r)|^2 term by term. */
function direct(q: readonly number[]): number {
  let [re, im] = [0, 0];
  for (let n = 0; n < positions.length; n += 3) {
    const phase = q[0]! * positions[n]! + q[1]! * positions[n + 1]! + q[2]! * positions[n + 2]!;
    re += Math.cos(phase);
    im += Math.sin(phase);
  }
  return formFactor('Pt', Math.hypot(...q)) ** 2 * (re * re + im * im);
}

describe('braggwatch scatter', () => {
  it.each(['q', 'crystal'] as const)('writes the direct sum on its axes, frame %s', (frame) => {
    const { file, out } = crystalFile();
    const ran = runCli([
      'scatter',
      file,
      '--hkl',
      '-1,1,3',
      '--voxel',
      '0.02',
      '--frame',
      frame,
      '--out',
      out,
      '--json',
    ]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const line = JSON.parse(ran.out) as Record<string, number>;
    expect(line).toMatchObject({ atoms: positions.length / 3, element: 'Pt', hkl: [-1, 1, 3], warnings: [] });
    expect(line['lattice_angstrom']).toBeCloseTo(EDGE, 6);
    const arrays = decodeNpz(readFileSync(out));
    const [intensity, qx, qy, qz, rows] = (['intensity', 'qx', 'qy', 'qz', 'frame'] as const).map(
      (name) => arrays[name]!.data,
    );
    expect(arrays['intensity']!.shape).toEqual([64, 64, 64]);
    const at = (i: number, j: number, k: number): number => intensity![(i * 64 + j) * 64 + k]!;
    const peak = at(32, 32, 32);
    expect(peak / direct([-1, 1, 3].map((h) => (2 * Math.PI * h) / EDGE))).toBeCloseTo(1, 5);
    for (const [i, j, k] of [
      [0, 0, 0],
      [63, 0, 63],
      [30, 33, 31],
      [40, 32, 20],
      [5, 60, 33],
    ] as const) {
      const along = [qx![i]!, qy![j]!, qz![k]!];
      const q = [0, 1, 2].map((a) => along.reduce((sum, x, n) => sum + x * rows![3 * n + a]!, 0));
      expect(Math.abs(Math.sqrt(at(i, j, k)) - Math.sqrt(direct(q)))).toBeLessThan(1e-5 * Math.sqrt(peak));
    }
    const length = (2 * Math.PI * Math.sqrt(11)) / EDGE;
    if (frame === 'q')
      expect([qx![32], qy![32], qz![32]].map((x) => x! / length)).toEqual([1, 0, 0].map((x) => expect.closeTo(x, 6)));
    else expect([...rows!]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('takes element and cell edge from the options, and says where no reflection is', () => {
    const { folder, out } = crystalFile();
    const bare = join(folder, 'bare.data');
    writeFileSync(bare, readFileSync(join(folder, 'crystal.data'), 'utf8').replace(/Masses\s+\S+ \S+\s+/, ''));
    const args = ['--hkl', '1,1,1', '--voxel', '0.01', '--out', out, '--json'];
    expect(runCli(['scatter', bare, ...args])).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('--element'),
    });
    const ran = runCli(['scatter', bare, ...args, '--element', 'Au', '--lattice', '4.4']);
    expect(JSON.parse(ran.out)).toMatchObject({ element: 'Au', lattice_angstrom: 4.4 });
    const forbidden = runCli(['scatter', bare, ...args, '--element', 'Au', '--hkl', '1,0,0']);
    expect(JSON.parse(forbidden.out)).toMatchObject({ warnings: [{ code: 'reflection-dark' }] });
  });

  it('tells bad input from bad usage, and then writes nothing', () => {
    const { folder, file, out } = crystalFile();
    const args = ['--hkl', '1,1,1', '--voxel', '0.01', '--out', out];
    for (const bad of [
      ['--hkl', '1,1'],
      ['--hkl', '0,0,0'],
      ['--voxel', '0'],
      ['--lattice', '-4'],
      ['--frame', 'lab'],
    ])
      expect(runCli(['scatter', file, ...args, ...bad]).code).toBe(2);
    expect(runCli(['scatter', file, '--voxel', '0.01', '--out', out]).code).toBe(2);
    expect(runCli(['scatter', join(folder, 'nowhere'), ...args])).toMatchObject({
      code: 3,
      err: expect.stringContaining('path-missing'),
    });
    const elsewhere = join(folder, 'none', 'pattern.npz');
    expect(runCli(['scatter', file, ...args, '--out', elsewhere])).toMatchObject({
      code: 3,
      err: expect.stringContaining(elsewhere),
    });
    writeFileSync(file, 'no atoms at all');
    expect(runCli(['scatter', file, ...args])).toMatchObject({
      code: 3,
      err: expect.stringContaining('atoms-invalid'),
    });
    expect(existsSync(out)).toBe(false);
  });
});
