import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import type { Simulation } from '@main/simulation';

const idle = {
  status: 'idle' as const,
  folder: null,
  name: '',
  workers: 1,
  cores: 2,
  progress: null,
  problem: null,
};
const absent = (): never => {
  throw new BraggwatchError('engine-unavailable', 'the double simulates nothing');
};

/** The double's Simulate panel: empty shelves. What it does for real is tested on the real app. */
export const fakeSimulation: Simulation['handlers'] & Partial<Handlers> = {
  'recipes/list': () => [],
  'recipes/rules': () => ({ limits: {}, choices: {} }),
  'recipes/check': () => ({ issues: [], outlook: null }),
  'recipes/save': absent,
  'recipes/remove': () => [],
  'preview/crystal': () => null,
  'preview/pattern': () => null,
  'simulation/state': () => idle,
  'simulation/look': absent,
  'simulation/start': absent,
  'simulation/resume': absent,
  'simulation/stop': () => idle,
  'simulation/pick-folder': () => null,
};
