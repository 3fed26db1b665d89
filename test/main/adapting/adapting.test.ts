import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AdaptingState } from '@contract/adapting';
import type { Measured } from '@core/screening/measured';
import { drawUp } from '@main/adapting/draw-up';
import { writePlan } from '@main/adapting/plan';
import { createApp, type RunningApp } from '@main/app';
import { openLedger } from '@main/ledger/ledger';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';
import { childrenOf } from '../../support/processes';

const scan: Measured = { elements: ['Pt'], family: '111', sizeNm: 150, oversampling: 3, counts: 1e5 };

/** The app, with a plan for a network of its beamtime that is small enough for a test. */
async function bench(): Promise<{ states: AdaptingState[]; model: string; start(): RunningApp }> {
  const home = temporaryFolder();
  const folder = join(home, 'adapted', 'beamtime-1');
  const model = join(home, 'models', 'beamtime-1');
  const wanted = { folder, model, start: 'three-class', crystals: 10, perKind: 1 };
  const plan = await drawUp(Array<Measured>(5).fill(scan), wanted);
  // Of so few crystals each part gets some.
  await writePlan({ ...plan, recipe: { ...plan.recipe, split: { validation: 0.3, test: 0.3 } } });
  const ledger = openLedger(join(home, 'ledger.sqlite'));
  ledger.saveSetting('adapting', folder);
  ledger.close();
  const states: AdaptingState[] = [];
  return {
    states,
    model,
    start() {
      const app = createApp({ launcher: builtLauncher(), home, shell: 'web' });
      app.subscribe((name, payload) => {
        if (name === 'adapting-changed') states.push(payload as AdaptingState);
      });
      onTestFinished(() => app.close().catch(() => undefined));
      return app;
    },
  };
}

const trialWorker = (): number | undefined =>
  childrenOf(process.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('trial-worker'));

it(
  'a network for this beamtime is simulated for, trained and compared, stopped and killed on its way',
  { timeout: 900_000 },
  async () => {
    const { states, model, start } = await bench();
    const app = start();
    const now = async (): Promise<AdaptingState> => app.handlers['adapting/state']();
    const go = async (): Promise<AdaptingState> => app.handlers['adapting/start']({ anew: false });
    const until = async (what: Partial<AdaptingState>): Promise<unknown> =>
      eventually(
        () => states.some((state) => Object.entries(what).every(([key, value]) => state[key as 'stage'] === value)),
        JSON.stringify(what),
        300,
      );
    expect(await now()).toMatchObject({ status: 'stopped', stage: 'simulating', model: null, trial: null });
    expect(await app.handlers['adapting/likeness']()).toEqual({ scans: 0, needed: 5, crystals: null });
    await expect(app.handlers['adapting/start']({ anew: true })).rejects.toMatchObject({ code: 'adapting-too-few' });
    // What was begun is still there.
    expect(await go()).toMatchObject({ status: 'running', stage: 'simulating' });
    await expect(go()).rejects.toMatchObject({ code: 'adapting-running' });

    await until({ stage: 'training', status: 'running' });
    await app.handlers['adapting/stop']();
    await until({ stage: 'training', status: 'stopped' });
    states.length = 0;
    // In its own panel or here: what comes after it comes.
    await app.handlers['training/resume']({ folder: model });

    await until({ stage: 'judging', status: 'running' });
    expect(await now()).toMatchObject({ model });
    process.kill(await eventually(trialWorker, 'its process'), 'SIGKILL');
    await until({ stage: 'judging', status: 'failed' });
    expect((await now()).problem).toMatchObject({ code: 'worker-died' });
    expect(await go()).toMatchObject({ status: 'running', stage: 'judging' });
    await until({ status: 'done' });

    const { trial, ...done } = await now();
    expect(done).toMatchObject({ status: 'done', stage: null, model, problem: null });
    expect(trial).toMatchObject({ before: { name: 'three-class' }, after: { name: 'beamtime-1' } });
    expect(trial!.rows.map(({ kind, scans }) => [kind, scans])).toEqual([
      ['like those measured', 1],
      ['more strained', 1],
      ['of other bodies', 1],
      ['of fewer counts', 1],
      ['all', 4],
    ]);
    const { models } = await app.handlers['models/list']();
    expect(models.find(({ id }) => id === model)).toMatchObject({ name: 'beamtime-1', unfinished: false });

    // Another start of the app still knows what came of it.
    await app.close();
    expect(await start().handlers['adapting/state']()).toEqual({ ...done, trial });
  },
);
