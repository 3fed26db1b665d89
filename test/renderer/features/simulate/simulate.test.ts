import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { RecipeDraft } from '@contract/recipe';
import type { CrystalPreview, PreviewRequest, SimulationState } from '@contract/simulation';
import { Simulate } from '@renderer/features/simulate/simulate.svelte';
import { FakeConnection, settle } from '../../support/fake-connection';
import { wireVolume } from '../../drawing/slices/wire-volume';

const recipe: RecipeDraft = { name: 'small', crystals: 3, seed: 1 };
const idle: SimulationState = {
  status: 'idle',
  folder: null,
  name: '',
  workers: 1,
  cores: 4,
  progress: null,
  problem: null,
};

function start(stored: RecipeDraft = recipe) {
  const asked: PreviewRequest[] = [];
  const answer: { crystal: (request: PreviewRequest) => unknown } = {
    crystal: ({ crystal, relaxed }) => ({ facts: { crystal }, relaxation: relaxed ? {} : null }),
  };
  const connection = new FakeConnection({
    'recipes/list': () => [{ id: 'shipped/small', own: false, recipe: stored }],
    'recipes/rules': () => ({ limits: {}, choices: {} }),
    'recipes/check': (input: { recipe: RecipeDraft }) =>
      input.recipe['crystals'] === 0
        ? { issues: [{ path: 'crystals', code: 'too_small', message: '', origin: 'int', minimum: 1 }], outlook: null }
        : { issues: [], outlook: { patterns: 3 } },
    'preview/crystal': (request: PreviewRequest) => {
      asked.push(request);
      return answer.crystal(request);
    },
    'preview/pattern': () => ({ volume: wireVolume([2, 2, 2], () => 1), oversampling: 3, counts: 1000, background: 0 }),
    'simulation/state': () => idle,
    'simulation/look': ({ folder }: { folder: string }) => {
      if (folder === '/etc') throw new BraggwatchError('path-refused', folder);
      return { folder, kind: 'new', name: null, crystals: 0, ofCrystals: 0, same: false, free: 1e9 };
    },
    'simulation/start': ({ folder }: { folder: string }) => ({ ...idle, status: 'running', folder }),
  });
  const simulate = new Simulate(connection);
  const crystals = (): number[] => asked.map(({ crystal }) => crystal);
  return { connection, simulate, asked, answer, crystals };
}

/** What a state class shows, as a plain object: its getters live on the class. */
function seen(state: object): Record<string, unknown> {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(state) as object));
  return Object.fromEntries(getters.flatMap(([name, { get }]) => (get ? [[name, get.call(state) as unknown]] : [])));
}

const shown = (crystal: CrystalPreview | null): number | undefined => crystal?.facts.crystal;
const quiet = async (): Promise<void> => {
  for (let n = 0; n < 4; n++) await settle();
};

describe('the Simulate panel', () => {
  it('opens with the first recipe, its outlook, and its first crystal with the pattern', async () => {
    const { simulate, asked } = start();
    await simulate.load();
    await quiet();
    expect(simulate.editor.chosen?.id).toBe('shipped/small');
    expect(simulate.editor.outlook).toMatchObject({ patterns: 3 });
    expect(simulate.preview.count).toBe(3);
    expect(shown(simulate.preview.crystal)).toBe(0);
    expect(simulate.preview.volume).not.toBeNull();
    // Checked several times on the way, made once.
    expect(asked).toHaveLength(1);
  });

  it('walks through the crystals in a circle', async () => {
    const { simulate, crystals } = start();
    await simulate.load();
    for (const by of [1, -1, -1]) {
      simulate.preview.step(by);
      await quiet();
    }
    simulate.preview.goTo(NaN);
    expect(crystals()).toEqual([0, 1, 0, 2]);
  });

  it('shows the crystal as built until the relaxed one is there', async () => {
    const { simulate, answer, asked } = start({ ...recipe, relaxation: { potential: 'zhou04' } });
    let finish: (crystal: unknown) => void = () => undefined;
    const built = answer.crystal;
    answer.crystal = (request) => (request.relaxed ? new Promise((resolve) => (finish = resolve)) : built(request));
    await simulate.load();
    await quiet();
    expect(seen(simulate.preview)).toMatchObject({ relaxing: 'running', loading: false });
    expect(simulate.preview.crystal?.relaxation).toBeNull();
    finish({ facts: { crystal: 0 }, relaxation: {} });
    await quiet();
    expect(simulate.preview.relaxing).toBe('done');
    expect(simulate.preview.crystal?.relaxation).toEqual({});
    expect(asked.map(({ relaxed }) => relaxed)).toEqual([false, true]);
  });

  it('drops a relaxed crystal that comes after another was asked for', async () => {
    const { simulate, answer } = start({ ...recipe, relaxation: { potential: 'zhou04' } });
    const built = answer.crystal;
    const late: ((crystal: unknown) => void)[] = [];
    answer.crystal = (request) => (request.relaxed ? new Promise((resolve) => late.push(resolve)) : built(request));
    await simulate.load();
    await quiet();
    simulate.preview.step(1);
    await quiet();
    late[0]?.({ facts: { crystal: 0 }, relaxation: {} });
    await quiet();
    expect(shown(simulate.preview.crystal)).toBe(1);
    expect(simulate.preview.relaxing).toBe('running');
  });

  it('says when LAMMPS is not there, and keeps showing the crystal as built', async () => {
    const { simulate, answer } = start({ ...recipe, relaxation: { potential: 'zhou04' } });
    const built = answer.crystal;
    answer.crystal = (request) => {
      if (request.relaxed) throw new BraggwatchError('relaxer-unavailable');
      return built(request);
    };
    await simulate.load();
    await quiet();
    expect(seen(simulate.preview)).toMatchObject({ relaxing: 'failed', problem: { code: 'relaxer-unavailable' } });
    expect(shown(simulate.preview.crystal)).toBe(0);
  });
});

describe('editing', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('checks once typing pauses; what is wrong is no reason for another crystal', async () => {
    const { simulate, asked, connection } = start();
    await simulate.load();
    await quiet();
    const before = connection.calls.length;
    simulate.editor.set('crystals', '');
    simulate.editor.set('crystals', '0');
    expect(connection.calls).toHaveLength(before);
    vi.advanceTimersByTime(1000);
    await quiet();
    expect(seen(simulate.editor)).toMatchObject({ edited: true, outlook: null, errors: { crystals: 'at least 1' } });
    expect(asked).toHaveLength(1);
    simulate.editor.revert();
    await quiet();
    expect(seen(simulate.editor)).toMatchObject({ edited: false, errors: {} });
  });

  it('looks into a folder once typing pauses, and says why it cannot be', async () => {
    const { simulate, connection } = start();
    await simulate.load();
    simulate.job.setFolder('/da', recipe);
    simulate.job.setFolder('/data/set', recipe);
    vi.advanceTimersByTime(1000);
    await quiet();
    expect(simulate.job.look).toMatchObject({ folder: '/data/set', kind: 'new' });
    simulate.job.setFolder('/etc', recipe);
    vi.advanceTimersByTime(1000);
    await quiet();
    expect(seen(simulate.job)).toMatchObject({ look: null, problem: { code: 'path-refused' } });
    const looks = connection.calls.filter(({ name }) => name === 'simulation/look');
    expect(looks.map(({ input }) => (input as { folder: string }).folder)).not.toContain('/da');
  });
});

describe('the simulation on the screen', () => {
  it('follows the app’s, and an event that came before the reply counts', async () => {
    const { simulate, connection } = start();
    simulate.job.start();
    await simulate.load();
    expect(seen(simulate.job)).toMatchObject({ workers: 4, running: false, part: null });
    simulate.job.setFolder('/data/set', recipe);
    const begun = simulate.job.begin(recipe);
    const progress = { crystals: 1, ofCrystals: 4, patterns: 1, ofPatterns: 4, discarded: 0 };
    connection.emit('simulation-changed', { ...idle, status: 'running', folder: '/data/set', progress });
    await begun;
    expect(seen(simulate.job)).toMatchObject({ running: true, part: 0.25 });
  });
});
