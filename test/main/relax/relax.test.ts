import { afterAll, describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { ChildPort, Launcher } from '@main/process/launcher';
import { createRelaxer } from '@main/relax';
import { findNative } from '@main/relax/native';
import { CNA_FCC, CNA_HCP, type Relaxation, type RelaxJob } from '@main/relax/types';
import { builtLauncher, eventually } from '../../support/build';
import { smallCrystal } from './crystals';

const ports: ChildPort[] = [];
const launcher: Launcher = {
  launch(entry) {
    const port = builtLauncher().launch(entry);
    ports.push(port);
    return port;
  },
};
const wasm = createRelaxer('wasm', { threads: 1, launcher });
afterAll(() => wasm.close());

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error instanceof BraggwatchError ? error.code : error),
  );

describe('a perfect crystal', () => {
  const job = smallCrystal('Pt', 10);
  const depth = (i: number): number =>
    -job.shape.signedDistance(job.positions[3 * i]!, job.positions[3 * i + 1]!, job.positions[3 * i + 2]!);
  let first: Relaxation;

  it('loses energy at its surface alone: its atoms hardly move, and inside it stays fcc', async () => {
    first = await wasm.relax(job);
    const [before, after] = first.energyEv;
    const atoms = job.positions.length / 3;
    expect(after).toBeLessThan(before);
    // Bound, less so than the bulk by what the surface costs.
    expect(after / atoms).toBeLessThan(-5);
    expect(after / atoms).toBeGreaterThan(job.potential.bulk.cohesiveEv);
    expect(first.positions).toHaveLength(3 * atoms);
    // In the order given: no atom came half as far as the next one, and those inside hardly moved.
    const moved = [...first.structure].map((_, i) =>
      Math.hypot(...[0, 1, 2].map((a) => first.positions[3 * i + a]! - job.positions[3 * i + a]!)),
    );
    expect(Math.max(...moved)).toBeLessThan((0.5 * job.potential.bulk.latticeAngstrom) / Math.SQRT2);
    const inside = moved.flatMap((distance, i) => (depth(i) > 3 ? [{ distance, structure: first.structure[i] }] : []));
    expect(inside.length).toBeGreaterThan(200);
    expect(Math.max(...inside.map(({ distance }) => distance))).toBeLessThan(0.3);
    expect(new Set(inside.map(({ structure }) => structure))).toEqual(new Set([CNA_FCC]));
  });

  it('comes out the same to the bit, in whatever order its atoms are given', async () => {
    expect(await wasm.relax(job)).toEqual(first);
    const reversed = job.positions.slice().reverse();
    const mirrored = await wasm.relax({ ...job, positions: reversed });
    expect(mirrored.energyEv[1] / first.energyEv[1]).toBeCloseTo(1, 6);
    expect(mirrored.structure.toReversed()).toEqual(first.structure);
  });

  it.skipIf(!findNative())('has the same energies in a native LAMMPS (skipped where there is no lmp)', async () => {
    const native = createRelaxer('native', { threads: 1 });
    const theirs = await native.relax(job);
    first.energyEv.forEach((energy, i) => expect(theirs.energyEv[i]! / energy).toBeCloseTo(1, 6));
    expect(theirs.structure).toEqual(first.structure);
    expect(theirs.stopped).toBe(first.stopped);
    expect(Math.max(...theirs.positions.map((x, i) => Math.abs(x - first.positions[i]!)))).toBeLessThan(1e-3);
  });
});

describe('a screw dislocation', () => {
  it('opens into a ribbon of stacking fault', async () => {
    const { structure } = await wasm.relax(smallCrystal('Al', 14, true));
    const hcp = structure.filter((s) => s === CNA_HCP).length;
    expect(hcp).toBeGreaterThan(20);
  });
});

describe('what goes wrong', () => {
  const job = smallCrystal('Pt', 8);
  const withText = (text: string): RelaxJob => ({ ...job, potential: { ...job.potential, text } });

  it('has a code, and the next crystal is relaxed all the same', async () => {
    expect(await codeOf(wasm.relax(withText('not\na\npotential\n')))).toBe('potential-invalid');
    const stacked = job.positions.slice();
    stacked.set(stacked.subarray(0, 3), 3);
    expect(await codeOf(wasm.relax({ ...job, positions: stacked }))).toBe('relaxation-failed');
    expect((await wasm.relax(job)).stopped).toBe('energy tolerance');
  });

  it('may be a death in the middle of a run: a fresh LAMMPS takes the next crystal', async () => {
    await wasm.version();
    const call = codeOf(wasm.relax({ ...smallCrystal('Pt', 20, true), energyTolerance: 0 }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.kill(ports.at(-1)!.pid!, 'SIGKILL');
    expect(await call).toBe('relaxer-died');
    expect((await wasm.relax(job)).energyEv[1]).toBeLessThan(0);
  });

  it('may be the user: a relaxation is stopped at once', async () => {
    const stop = new AbortController();
    const call = wasm.relax({ ...smallCrystal('Pt', 20, true), energyTolerance: 0 }, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 200);
    await expect(call).rejects.toThrow('enough');
    const [former] = ports.slice(-1);
    await eventually(() => {
      try {
        process.kill(former!.pid!, 0);
        return false;
      } catch {
        return true;
      }
    }, 'the stopped process ends');
  });
});
