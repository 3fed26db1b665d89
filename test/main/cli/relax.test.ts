import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSetfl } from '@core/potential/setfl';
import { zhou04Tables } from '@core/potential/zhou04';
import { readDataFile, writeDataFile } from '@main/relax/data-file';
import { builtCli, temporaryFolder } from '../../support/build';
import { smallCrystal } from '../relax/crystals';

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli, 'relax', ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

/** A small crystal's file, and where its relaxed self shall go. */
function files(): { file: string; out: string; ids: number[] } {
  const folder = temporaryFolder();
  const { positions, potential } = smallCrystal('Pt', 6);
  const ids = Array.from({ length: positions.length / 3 }, (_, i) => 1000 - i);
  const file = join(folder, 'crystal.data');
  writeDataFile(file, { title: 'a crystal', positions, massU: potential.mass, ids });
  return { file, out: join(folder, 'relaxed.data'), ids };
}

interface Line {
  atoms: number;
  energyEv: [number, number];
  fcc: number;
  by: string;
}

describe('braggwatch relax', () => {
  it('relaxes a data file into a data file, its atoms in their order, by wasm on request', () => {
    const { file, out, ids } = files();
    const ran = run(file, '--potential', 'zhou04:Pt', '--relaxer', 'wasm', '--out', out, '--json');
    expect(ran).toMatchObject({ code: 0, err: '' });
    const line = JSON.parse(ran.out) as Line;
    expect(line.energyEv[1]).toBeLessThan(line.energyEv[0]);
    expect(line.fcc).toBeGreaterThan(0);
    expect(line.by).toMatch(/LAMMPS .*\(wasm\)/);
    const [before, after] = [file, out].map(readDataFile);
    expect([...after!.ids]).toEqual(ids.toReversed());
    expect(line.atoms).toBe(ids.length);
    const moved = Math.max(...after!.positions.map((x, i) => Math.abs(x - before!.positions[i]!)));
    expect(moved).toBeGreaterThan(0.01);
    expect(moved).toBeLessThan(1.4);
  });

  it("takes a user's own setfl file, and relaxes with it as with the same one of ours", () => {
    const { file, out } = files();
    const setfl = join(temporaryFolder(), 'Pt.eam.alloy');
    writeFileSync(setfl, writeSetfl(zhou04Tables('Pt')));
    expect(run(file, '--potential', setfl, '--relaxer', 'wasm', '--out', out).code).toBe(0);
    const theirs = readFileSync(out, 'utf8').split('\n').slice(1);
    expect(run(file, '--potential', 'zhou04:Pt', '--relaxer', 'wasm', '--out', out).code).toBe(0);
    expect(readFileSync(out, 'utf8').split('\n').slice(1)).toEqual(theirs);
  });

  it('leaves the atoms where they are without a relaxer', () => {
    const { file, out } = files();
    expect(run(file, '--potential', 'zhou04:Pt', '--relaxer', 'none', '--out', out).code).toBe(0);
    const [before, after] = [file, out].map(readDataFile);
    expect({ ...after, masses: before!.masses }).toEqual(before);
  });

  it('exits 2 on wrong usage and 3 on bad input, with a code, and writes nothing', () => {
    const { file, out } = files();
    const bad = join(temporaryFolder(), 'bad.data');
    writeFileSync(bad, 'nothing\n\n3 atoms\n');
    const cases: [number, string, ...string[]][] = [
      [2, '--potential', file, '--out', out],
      [2, '--threads', file, '--potential', 'zhou04:Pt', '--threads', '0', '--out', out],
      [2, '--relaxer', file, '--potential', 'zhou04:Pt', '--relaxer', 'gpu', '--out', out],
      [3, 'path-missing', '/nowhere.data', '--potential', 'zhou04:Pt', '--out', out],
      [3, 'atoms-invalid', bad, '--potential', 'zhou04:Pt', '--out', out],
      [3, 'potential-invalid', file, '--potential', 'zhou04:Fe', '--out', out],
      [3, 'potential-invalid', file, '--potential', 'zhou04:Au', '--out', out],
      [3, 'potential-invalid', file, '--potential', bad, '--out', out],
      [3, 'path-missing', file, '--potential', '/nowhere.setfl', '--out', out],
    ];
    for (const [code, says, ...args] of cases) {
      const ran = run(...args);
      expect(ran.code, `${args.join(' ')}: ${ran.err}`).toBe(code);
      expect(ran.err).toContain(says);
    }
    expect(existsSync(out)).toBe(false);
  });
});
