import type { Shortcut } from '@renderer/shell/shortcut';
import type { Alerts } from '@renderer/shell/state/alerts.svelte';
import type { Train } from './train.svelte';
import { trainText } from './words';

const group = trainText.label;

/** Keys of the Train view. */
export const trainKeys = (train: Train, alerts: Alerts): readonly Shortcut[] => [
  { group, in: 'train', keys: ['j'], shown: 'j', does: 'Next model of the list', run: () => train.models.step(1) },
  { group, in: 'train', keys: ['k'], shown: 'k', does: 'Previous model', run: () => train.models.step(-1) },
  {
    group,
    in: 'train',
    keys: ['p'],
    shown: 'p',
    does: 'Pause the training, or go on with it',
    run: () => void alerts.attempt(() => train.pauseOrResume()),
  },
];
