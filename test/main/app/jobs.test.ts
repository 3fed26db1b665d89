import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Job, JobAct } from '@contract/jobs';
import { createApp, type AppOptions, type RunningApp } from '@main/app';
import { isFinal } from '@main/beamtime/rows';
import { writeScan } from '@main/demo';
import { createDemo } from '@main/app/demo-app';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';

/** The real app with its real processes, on a folder of its own. */
function start(options: Partial<AppOptions> = {}): { app: RunningApp; base: string } {
  const base = temporaryFolder();
  const app = createApp({
    ...{ launcher: builtLauncher(), home: join(base, 'home'), shell: 'web', roots: [base], ...options },
  });
  onTestFinished(() => app.close().catch(() => undefined));
  return { app, base };
}

const finals = (app: RunningApp): number => app.rows.all().filter(isFinal).length;
const jobs = (app: RunningApp): Job[] => app.handlers['jobs/list']() as Job[];
const listed = (app: RunningApp, kind: Job['kind'], status: Job['status']): Promise<Job> =>
  eventually(() => jobs(app).find((job) => job.kind === kind && job.status === status), `${kind} ${status}`);
const ask = async (app: RunningApp, id: string, act: JobAct): Promise<void> =>
  void (await app.handlers['jobs/act']({ id, act }));
const quiet = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('pauses the judging of a folder, goes on with it, and gives up what waits until the folder is watched anew', async () => {
  const { app, base } = start();
  const folder = join(base, 'RAW_DATA');
  mkdirSync(folder);
  for (let number = 1; number <= 8; number++) writeScan(folder, { number });
  await app.handlers['watch/start']({ folder, preset: 'auto' });
  const { id } = await listed(app, 'judging', 'running');
  await ask(app, id, 'pause');
  await listed(app, 'judging', 'paused');
  // The one under way is finished.
  await eventually(() => app.rows.all().every(({ state }) => state !== 'reducing'), 'nothing is being judged');
  const held = finals(app);
  expect(held).toBeLessThan(8);
  await quiet(3000);
  expect(finals(app)).toBe(held);

  await ask(app, id, 'cancel');
  expect(jobs(app).some((job) => job.kind === 'judging')).toBe(false);
  // Sweeps go on meanwhile, and leave the scans alone.
  await quiet(5000);
  expect(finals(app)).toBe(held);

  await app.handlers['watch/start']({ folder, preset: 'auto' });
  await eventually(() => finals(app) === 8, 'all scans are judged');
}, 120_000);

it('lists the demo that a command plays: paused, gone on with and given up, and its scans stay whatever is watched next', async () => {
  const base = temporaryFolder();
  const { app, folder } = createDemo({ launcher: builtLauncher(), shell: 'web', base });
  onTestFinished(() => app.close().catch(() => undefined));
  let landed = false;
  void app.playDemo(Infinity).then(() => (landed = true));
  const job = await listed(app, 'demo', 'running');
  expect(job).toMatchObject({ folder, total: 8, acts: ['pause', 'cancel'] });
  await ask(app, job.id, 'pause');
  await listed(app, 'demo', 'paused');
  expect(landed).toBe(false);
  const next = join(base, 'next');
  mkdirSync(next);
  await app.handlers['watch/start']({ folder: next, preset: 'auto' });
  expect(existsSync(folder)).toBe(true);
  await app.handlers['watch/start']({ folder, preset: 'auto' });
  await ask(app, job.id, 'resume');
  await listed(app, 'demo', 'running');
  await ask(app, job.id, 'cancel');
  expect(jobs(app).some(({ kind }) => kind === 'demo')).toBe(false);
  expect(landed).toBe(false);
}, 120_000);

it('plays the demo into its own folder, and takes its scans off the list with the next folder', async () => {
  const { app, base } = start();
  const state = await app.handlers['demo/play'](undefined);
  expect(state.folder).toBe(join(base, 'home', 'demo', 'RAW_DATA'));
  const { id } = await listed(app, 'demo', 'running');
  await eventually(() => app.rows.all().some(({ source }) => source.startsWith(join(base, 'home'))), 'a first scan');
  await ask(app, id, 'pause');
  await listed(app, 'demo', 'paused');

  const folder = join(base, 'RAW_DATA');
  mkdirSync(folder);
  await app.handlers['watch/start']({ folder, preset: 'auto' });
  expect(app.rows.all()).toEqual([]);
  expect(jobs(app).some((job) => job.kind === 'demo')).toBe(false);
  expect(existsSync(join(base, 'home', 'demo'))).toBe(false);
  await expect(async () => app.handlers['demo/play'](undefined)).rejects.toMatchObject({ code: 'demo-beside' });
}, 120_000);

it('ends the demo with its last verdict, not with its last file', async () => {
  const { app } = createDemo({ launcher: builtLauncher(), shell: 'web', base: temporaryFolder() });
  onTestFinished(() => app.close().catch(() => undefined));
  await app.playDemo(Infinity);
  expect(await listed(app, 'demo', 'done')).toMatchObject({ done: 8, total: 8 });
  expect(finals(app)).toBe(8);
}, 400_000);
