import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { floatsOf } from '@contract/floats';
import { repeatsSumSchema } from '@contract/repeats';
import { createApp, type RunningApp } from '@main/app';
import { resultName } from '@main/beamtime/identity';
import { isFinal } from '@main/beamtime/rows';
import { writeScan } from '@main/demo';
import { correlation } from '../../support/correlation';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';

const here = { pix: 40, piy: 40, piz: 50 };
const away = { pix: 60, piy: 40, piz: 50 };
/** One particle: the same crystal from other angles, on other pixels, with other photons; and once it was another, which is dislocated. */
const repeats = [
  { number: 1, peakCounts: 2000 },
  { number: 2, peakCounts: 2000, frames: 43, fringes: 7.35, peak: [20.4, 47.5, 49.3] as const },
  { number: 3, peakCounts: 2000, frames: 45, fringes: 7.7, peak: [22.7, 44.2, 52.6] as const },
  { number: 4, peakCounts: 2000, seed: 3, defect: 'screw' as const },
];

it('sums a particle’s repeats, leaves the odd one out, judges the sum, and keeps it', async () => {
  const base = temporaryFolder();
  const [folder, home] = [join(base, 'RAW_DATA'), join(base, 'home')];
  for (const scan of repeats) writeScan(folder, { ...scan, stage: here });
  writeScan(folder, { number: 5, seed: 2, stage: away });
  const start = (): RunningApp => {
    const app = createApp({ launcher: builtLauncher(), home, shell: 'web', roots: [base], watch: { folder } });
    onTestFinished(() => app.close().catch(() => undefined));
    return app;
  };
  const app = start();
  const finals = await eventually(
    () => {
      const judged = app.rows.all().filter(isFinal);
      return judged.length === 5 && judged;
    },
    'five verdicts',
    150,
  );
  const idOf = (number: number): string => finals.find((row) => row.number === number)!.id;
  const before = app.rows.all();
  expect(await app.handlers['repeats/of']({ id: idOf(1) })).toBeNull();
  expect(await app.handlers['repeats/volume']({ id: idOf(1) })).toBeNull();
  await expect(app.handlers['repeats/sum']({ id: idOf(5) })).rejects.toMatchObject({ code: 'repeats-few' });

  const sum = repeatsSumSchema.parse(await app.handlers['repeats/sum']({ id: idOf(3) }));
  const became = new Map(sum.repeats.map(({ id, left }) => [id, left ?? 'summed']));
  expect([1, 2, 3, 4].map((number) => became.get(idOf(number)))).toEqual(['summed', 'summed', 'summed', 'correlation']);
  expect(sum).toMatchObject({ hkl: [1, 1, 1], outdated: false });
  expect(sum.verdict.class).toBe('perfect');
  expect(basename(sum.result)).toBe(`${resultName(finals.find(({ number }) => number === 1)!)}-repeats.nxs`);
  // No scan has another verdict, and there is none more.
  expect(app.rows.all()).toEqual(before);

  const [whole, single] = await Promise.all([
    app.handlers['repeats/volume']({ id: idOf(2) }),
    app.handlers['scans/volume']({ id: idOf(2) }),
  ]);
  expect(whole!.shape).toEqual([64, 64, 64]);
  expect(correlation(floatsOf(whole!.intensity), floatsOf(single!.intensity))).toBeGreaterThan(0.98);
  // The same Q at the middle, to a voxel.
  whole!.origin.forEach((start, axis) => {
    const of = ({ voxel }: { voxel: number }, from: number): number => from + 32 * voxel;
    expect(Math.abs(of(whole!, start) - of(single!, single!.origin[axis]!))).toBeLessThan(1.5 * single!.voxel);
  });

  await app.close();
  const again = start();
  expect(await again.handlers['repeats/of']({ id: idOf(4) })).toEqual(sum);
  const row = again.rows.get(idOf(2))!;
  again.rows.put({ ...row, judgedAt: new Date().toISOString() });
  expect(await again.handlers['repeats/of']({ id: idOf(1) })).toMatchObject({ outdated: true });
}, 400_000);

it('does so on the command line, where the sum is judged like any volume', () => {
  const base = temporaryFolder();
  const folder = join(base, 'RAW_DATA');
  for (const scan of repeats) writeScan(folder, scan);
  const out = join(base, 'sum.npz');
  const ran = runCli(['reduce', folder, '--sum', '--out', out, '--json']);
  expect(ran.code).toBe(0);
  const told = JSON.parse(ran.out) as { repeats: { scan: string; summed: boolean }[] };
  expect(told.repeats.map(({ summed }) => summed)).toEqual([true, true, true, false]);
  expect(existsSync(out)).toBe(true);
  const judged = runCli(['classify', out, '--json']);
  expect(JSON.parse(judged.out)).toMatchObject({ state: 'classified', verdict: { class: 'perfect' } });
  const few = runCli(['reduce', folder, '--sum', '4', '--out', out]);
  expect(few.code).toBe(3);
  expect(few.err).toContain('repeats-few');
});
