import type { Shortcut } from '@renderer/shell/shortcut';

/** Keys of the Train panel. */
export const trainShortcuts: readonly Shortcut[] = [
  {
    group: 'train',
    in: 'train',
    keys: ['j'],
    shown: 'j',
    does: 'Next model of the list',
    run: ({ train }) => train.models.step(1),
  },
  {
    group: 'train',
    in: 'train',
    keys: ['k'],
    shown: 'k',
    does: 'Previous model',
    run: ({ train }) => train.models.step(-1),
  },
  {
    group: 'train',
    in: 'train',
    keys: ['p'],
    shown: 'p',
    does: 'Pause the training, or go on with it',
    run: (screen) => screen.pauseOrResume(),
  },
];
