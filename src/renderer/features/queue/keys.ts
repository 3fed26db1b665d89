import { handKeys } from '@renderer/features/verdict/keys';
import type { Shortcut } from '@renderer/shell/shortcut';

/** Keys for going through the scans and judging the one that is open. */
export const queueShortcuts: readonly Shortcut[] = [
  {
    group: 'queue',
    in: 'watch',
    keys: ['j'],
    shown: 'j  ↓',
    does: 'Next scan in the list',
    run: ({ session }) => session.move(1),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['k'],
    shown: 'k  ↑',
    does: 'Previous scan',
    run: ({ session }) => session.move(-1),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['n'],
    shown: 'n',
    does: 'Follow the newest scan',
    run: ({ session, queue }) => session.follow(!queue.following),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['f'],
    shown: 'f',
    does: 'Flag or unflag the scan',
    run: (screen) => screen.flagSelected(),
  },
  ...handKeys,
  {
    group: 'queue',
    in: 'watch',
    keys: ['r'],
    shown: 'r',
    does: 'Judge the scan again',
    run: ({ session, queue }) => queue.selected && void session.redo(queue.selected.id),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['e'],
    shown: 'e',
    does: 'Explain the verdict, or stop explaining',
    run: ({ explaining, open }) => (open.volume || explaining.running) && explaining.toggle(),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['a'],
    shown: 'a',
    does: 'Show or hide the simulated patterns most like the scan',
    run: ({ lookAlikes }) => lookAlikes.toggle(),
  },
];
