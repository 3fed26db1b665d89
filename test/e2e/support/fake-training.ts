import { BraggwatchError } from '@contract/errors';
import type { Training } from '@main/training';

const idle = {
  ...{ status: 'idle' as const, folder: null, dataset: null, network: '', progress: null, problem: null },
};
const noModels = { models: [], active: 'three-class', previous: null };
const absent = (): never => {
  throw new BraggwatchError('engine-unavailable', 'the double trains nothing');
};

/** The double's Train panel: nothing to train on. What it does for real is tested on the real app. */
export const fakeTraining: Training['handlers'] = {
  'training/state': () => idle,
  'training/form': () => ({
    ...{ defaults: {}, rules: { limits: {}, choices: {} }, sets: [] },
    folders: {
      defects: '/models/defects-1',
      'three-class': '/models/three-class-1',
      'two-class': '/models/two-class-1',
    },
  }),
  'training/check': absent,
  'training/start': absent,
  'training/resume': absent,
  'training/pause': () => idle,
  'training/finish': () => idle,
  'training/pick-folder': () => null,
  'models/list': () => noModels,
  'models/use': absent,
  'models/add': absent,
};
