import { handledElsewhere, keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import type { ParticleView } from './particle.svelte';
import { particleText } from './particle-words';
import type { Worklist } from './worklist.svelte';
import { particlesText } from './words';

/** One key from everywhere to the best particle, one through the scans of that which is looked at. */
export const particlesKeys = (
  preferences: Preferences,
  worklist: Worklist,
  particle: ParticleView,
  queue: Queue,
): readonly Shortcut[] => [
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
  {
    group: keyGroups.scans,
    in: 'watch',
    keys: ['V'],
    shown: 'Shift+V',
    does: particleText.key,
    run() {
      const next = queue.selected && particle.after(queue.selected.id);
      if (next) queue.select(next);
    },
  },
  handledElsewhere(keyGroups.scans, 'q m k c', particlesText.listKeys),
];
