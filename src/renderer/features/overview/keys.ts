import { handledElsewhere, tells, type Shortcut } from '@renderer/shell/shortcut';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import type { Session } from '@renderer/shell/state/session.svelte';
import { classes, classKeys } from '@vocabulary/classes';
import { overviewText } from './words';

const words = overviewText.keys;
const { group } = words;

/** The filter's keys in the Overview, where the cuts' own keys are of no use; timeline and map handle their own where they have the focus. */
export const overviewKeys = ({ filters }: Queue, session: Session): readonly Shortcut[] => [
  {
    group,
    in: ['watch', 'overview'],
    keys: ['/'],
    shown: '/',
    does: words.search,
    run: () => document.querySelector<HTMLInputElement>('[data-filter-text]')?.focus(),
  },
  ...classKeys.map((name): Shortcut => ({
    group,
    in: 'overview',
    keys: [classes[name].letter],
    shown: classes[name].letter,
    does: words.class(classes[name].words.short.toLowerCase()),
    when: tells(session, name),
    run: () => filters.toggleClass(name),
  })),
  { group, in: 'overview', keys: ['u'], shown: 'u', does: words.certainty, run: () => filters.nextCertainty() },
  {
    group,
    in: 'overview',
    keys: ['g'],
    shown: 'g',
    does: words.flagged,
    run: () => filters.set({ flagged: !filters.value.flagged }),
  },
  { group, in: 'overview', keys: ['x'], shown: 'x', does: words.clear, run: () => filters.clear() },
  handledElsewhere(group, '← → ↑ ↓', words.timeline),
];
