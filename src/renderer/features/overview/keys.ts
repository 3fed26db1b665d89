import { tells, type Shortcut } from '@renderer/shell/shortcut';
import { overviewText } from './words';
import { classes, classKeys } from '@vocabulary/classes';

const words = overviewText.keys;

/** The filter's keys in the Overview, where the cuts' own keys are of no use; timeline and map handle their own where they have the focus. */
export const overviewShortcuts: readonly Shortcut[] = [
  {
    group: 'overview',
    in: ['watch', 'overview'],
    keys: ['/'],
    shown: '/',
    does: words.search,
    run: () => document.querySelector<HTMLInputElement>('[data-filter-text]')?.focus(),
  },
  ...classKeys.map((name): Shortcut => ({
    group: 'overview',
    in: 'overview',
    keys: [classes[name].letter],
    shown: classes[name].letter,
    does: words.class(classes[name].words.short.toLowerCase()),
    when: tells(name),
    run: ({ queue }) => queue.filters.toggleClass(name),
  })),
  {
    group: 'overview',
    in: 'overview',
    keys: ['u'],
    shown: 'u',
    does: words.certainty,
    run: ({ queue }) => queue.filters.nextCertainty(),
  },
  {
    group: 'overview',
    in: 'overview',
    keys: ['g'],
    shown: 'g',
    does: words.flagged,
    run: ({ queue: { filters } }) => filters.set({ flagged: !filters.value.flagged }),
  },
  {
    group: 'overview',
    in: 'overview',
    keys: ['x'],
    shown: 'x',
    does: words.clear,
    run: ({ queue }) => queue.filters.clear(),
  },
  { group: 'overview', keys: [], shown: '← → ↑ ↓', does: words.timeline, run: () => undefined },
];
