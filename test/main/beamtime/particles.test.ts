import { BraggwatchError } from '@contract/errors';
import { particleSchema } from '@contract/particle';
import { beforeEach, describe, expect, it } from 'vitest';
import { judgedParticles, particlesOf } from '@main/beamtime/particle';
import { screen } from '@main/beamtime/screening';
import { createParticles } from '@main/beamtime/particles';
import { exportedParticles, exportedScan } from '@main/export/record';
import { tallyOf } from '@main/export/report/tally';
import type { LedgerRow } from '@main/ledger/row';
import { criteria } from '@vocabulary/screening';
import { fakeRow, judged } from '../../e2e/support/fake-scans';

const place = (x: number) => ({
  axes: [
    { name: 'x', micrometres: x, motors: ['pix'] },
    { name: 'y', micrometres: 0, motors: ['piy'] },
  ],
});
let rows: Map<string, LedgerRow>;
const handlers = createParticles({
  all: () => [...rows.values()],
  get: (id) => rows.get(id),
  put: (row) => (rows.set(row.id, row), row),
});
const { 'particles/of': of, 'particles/regroup': regroup } = handlers;
const names = async (id: string): Promise<string[]> => (await of({ id })).scans.map(({ scan }) => scan);

beforeEach(() => {
  const scans = [
    judged(1, 'edge', 0.7, { position: place(0) }),
    judged(2, 'perfect', 0.97, { position: place(4) }),
    judged(3, 'edge', 0.97, { position: place(0.1) }),
    judged(10, 'screw', 0.96, { position: place(0), hkl: [2, -2, 0] }),
    judged(11, 'perfect'),
  ];
  rows = new Map(scans.map((scan) => [scan.id, fakeRow(scan)]));
});

describe('particles', () => {
  it('have their repeats and reflections in a row, a verdict of all, and their neighbours', async () => {
    const found = particleSchema.parse(await of({ id: 'scan-3' }));
    expect(found.scans.map(({ scan, reflection }) => [scan, reflection])).toEqual([
      ['S0001', 0],
      ['S0003', 0],
      ['S0010', 1],
    ]);
    expect(found.reflections.map(({ hkl, verdict }) => [hkl, verdict.class])).toEqual([
      [[1, 1, 1], 'edge'],
      [[2, -2, 0], 'screw'],
    ]);
    expect(found.reflections[0]!.verdict.chance).toBeGreaterThan(0.97);
    expect(found.near).toEqual([{ id: 'scan-2', scan: 'S0002', micrometres: 4 }]);
    expect(await names('scan-11')).toEqual(['S0011']);
    expect(() => of({ id: 'gone' })).toThrow(BraggwatchError);
  });

  it('are candidates once, with all their scans', () => {
    const all = [...rows.values()];
    expect(particlesOf(all, judgedParticles(all)).map(({ ids }) => ids)).toEqual([
      ['scan-1', 'scan-3', 'scan-10'],
      ['scan-2'],
      ['scan-11'],
    ]);
    // Of those shown one stands for it; what is not shown counts for its verdict.
    const [shown] = particlesOf([rows.get('scan-1')!], judgedParticles(all));
    expect(shown).toMatchObject({ id: 'scan-1', ids: ['scan-1', 'scan-3', 'scan-10'], defectSure: true });
  });

  it('are split and joined by hand, with what stood before, so that it can be put back', async () => {
    const split = await regroup({ do: 'split', id: 'scan-10' });
    expect(split.before).toEqual(['scan-10', 'scan-1', 'scan-3'].map((id) => ({ id, particle: null })));
    expect(await names('scan-1')).toEqual(['S0001', 'S0003']);
    expect(split.changed.map(({ particle }) => particle)).toEqual(['scan-10', 'scan-1', 'scan-1']);
    const join = await regroup({ do: 'join', id: 'scan-10', with: 'scan-11' });
    expect(await names('scan-11')).toEqual(['S0010', 'S0011']);
    await regroup({ do: 'put', words: [...join.before] });
    await regroup({ do: 'put', words: [...split.before] });
    expect(await names('scan-10')).toEqual(['S0001', 'S0003', 'S0010']);
    await regroup({ do: 'join', id: 'scan-1', with: 'scan-2' });
    expect((await of({ id: 'scan-2' })).byHand).toBe(true);
    await regroup({ do: 'forget', id: 'scan-2' });
    expect(await names('scan-2')).toEqual(['S0002']);
    expect(await regroup({ do: 'join', id: 'scan-1', with: 'scan-3' })).toEqual({ before: [], after: [], changed: [] });
  });
});

describe('counts and exports', () => {
  const wish = { wanted: 'defect', weights: criteria } as const;

  it('count a particle once, by what all its scans say together', async () => {
    // Its first scan is unsure; with its repeat and the other reflection the particle is an edge.
    rows.set('scan-10', fakeRow(judged(10, 'edge', 0.96, { position: place(0), hkl: [2, -2, 0] })));
    const all = [...rows.values()];
    const { all: found, candidateCount } = await screen(all, all, wish, undefined);
    expect([found.scans, found.particles, candidateCount]).toEqual([5, 3, 1]);
    const { sure, unsure } = found.proportions;
    expect(Object.values(sure).reduce((sum, n) => sum + n, unsure)).toBe(3);
    // The filter shows one of its scans, which by itself is unsure: it is the same particle still.
    const only = [rows.get('scan-1')!];
    const { all: alone } = await screen(only, only, wish, undefined);
    expect([alone.particles, alone.proportions.unsure]).toEqual([1, 1]);
    const { all: one } = await screen(only, all, wish, undefined);
    expect([one.scans, one.particles, one.proportions.unsure, one.proportions.sure.edge]).toEqual([1, 1, 0, 1]);
  });

  it('name the particle of each scan, and the report counts by it as the screen does', async () => {
    const all = [...rows.values()];
    const particles = exportedParticles(judgedParticles(all));
    const scans = all.map((row) => exportedScan(row, particles.get(row.id)));
    expect(scans.map(({ particle }) => [particle?.id, particle?.scans])).toEqual([
      ['scan-1', 3],
      ['scan-2', 1],
      ['scan-1', 3],
      ['scan-1', 3],
      ['scan-11', 1],
    ]);
    const { proportions } = (await screen(all, all, wish, undefined)).all;
    const tally = tallyOf(scans);
    expect(tally.of).toMatchObject(proportions.sure);
    expect([tally.unsure, tally.counted + tally.unsure]).toEqual([proportions.unsure, 3]);
  });

  it('take a person’s word on one of its scans for the particle’s', async () => {
    const row = rows.get('scan-3')!;
    rows.set('scan-3', { ...row, overruled: { class: 'perfect', by: 'Lea', at: '2026-05-13T03:12:00.000Z' } });
    const all = [...rows.values()];
    const { proportions } = (await screen(all, all, wish, undefined)).all;
    const particles = exportedParticles(judgedParticles(all));
    const tally = tallyOf(all.map((each) => exportedScan(each, particles.get(each.id))));
    expect([proportions.byHand, tally.overruled]).toEqual([1, 1]);
    expect([proportions.sure.perfect, tally.of.perfect]).toEqual([3, 3]);
  });
});
