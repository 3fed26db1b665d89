import type { Shortcut } from './shortcut';
import { text } from './text';

const words = text.overview.keys;
const where = ['watch', 'overview'] as const;

/** The filter's keys, the same beside the queue and in the Overview; timeline and map handle their own where they have the focus. */
export const overviewShortcuts: readonly Shortcut[] = [
  {
    group: 'overview',
    in: where,
    keys: ['/'],
    shown: '/',
    does: words.search,
    run: () => document.querySelector<HTMLInputElement>('[data-filter-text]')?.focus(),
  },
  {
    group: 'overview',
    in: where,
    keys: ['p'],
    shown: 'p  s  e',
    does: words.classes,
    run: ({ queue }) => queue.filters.toggleClass('perfect'),
  },
  {
    group: 'overview',
    in: where,
    keys: ['s'],
    shown: '',
    does: '',
    run: ({ queue }) => queue.filters.toggleClass('screw'),
  },
  {
    group: 'overview',
    in: where,
    keys: ['e'],
    shown: '',
    does: '',
    run: ({ queue }) => queue.filters.toggleClass('edge'),
  },
  {
    group: 'overview',
    in: where,
    keys: ['u'],
    shown: 'u',
    does: words.certainty,
    run: ({ queue }) => queue.filters.nextCertainty(),
  },
  {
    group: 'overview',
    in: where,
    keys: ['g'],
    shown: 'g',
    does: words.flagged,
    run: ({ queue: { filters } }) => filters.set({ flagged: !filters.value.flagged }),
  },
  {
    group: 'overview',
    in: where,
    keys: ['x'],
    shown: 'x',
    does: words.clear,
    run: ({ queue }) => queue.filters.clear(),
  },
  { group: 'overview', keys: [], shown: '← → ↑ ↓', does: words.timeline, run: () => undefined },
];
