import { keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { OpenScan } from '@renderer/shell/state/open-scan.svelte';
import type { Explaining } from './explaining.svelte';

/** Keys for what a verdict rests on. */
export const explainKeys = (explaining: Explaining, open: OpenScan): readonly Shortcut[] => [
  {
    group: keyGroups.scans,
    in: 'watch',
    keys: ['e'],
    shown: 'e',
    does: 'Explain the verdict, or stop explaining',
    run: () => (open.volume || explaining.running) && explaining.toggle(),
  },
  {
    group: keyGroups.cuts,
    in: 'watch',
    keys: ['w'],
    shown: 'w',
    does: 'Show or hide what the verdict rests on',
    run: () => void (explaining.shown = !explaining.shown),
  },
  {
    group: keyGroups.cuts,
    in: 'watch',
    keys: ['W'],
    shown: 'Shift+W',
    does: 'Colour the surface by what the verdict rests on, or not',
    run: () => void (explaining.onSurface = !explaining.onSurface),
  },
];
