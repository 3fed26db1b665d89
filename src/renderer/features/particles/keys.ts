import { handledElsewhere, keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { Worklist } from './worklist.svelte';
import { particlesText } from './words';

/** One key from everywhere to the best particle. */
export const particlesKeys = (preferences: Preferences, worklist: Worklist): readonly Shortcut[] => [
  {
    group: keyGroups.scans,
    keys: ['B'],
    shown: 'Shift+B',
    does: particlesText.key,
    run() {
      worklist.ask();
      preferences.setView('overview');
    },
  },
  handledElsewhere(keyGroups.scans, 'q m k c', particlesText.listKeys),
];
