import { handledElsewhere, keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Marks } from '@renderer/shell/state/marks.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import type { Session } from '@renderer/shell/state/session.svelte';

/** Keys for going through the scans. */
export function queueKeys(queue: Queue, marks: Marks, session: Session): readonly Shortcut[] {
  const group = keyGroups.scans;
  return [
    { group, in: 'watch', keys: ['j'], shown: 'j  ↓', does: 'Next scan in the list', run: () => queue.move(1) },
    { group, in: 'watch', keys: ['k'], shown: 'k  ↑', does: 'Previous scan', run: () => queue.move(-1) },
    {
      group,
      in: 'watch',
      keys: ['n'],
      shown: 'n',
      does: 'Follow the newest verdict',
      run: () => queue.follow(!queue.following),
    },
    {
      group,
      in: 'watch',
      keys: ['f'],
      shown: 'f',
      does: 'Flag or unflag the scan',
      run: () => queue.selected && void marks.flag(queue.selected.id, !queue.selected.flagged),
    },
    {
      group,
      in: 'watch',
      keys: ['r'],
      shown: 'r',
      does: 'Judge the scan again',
      run: () => queue.selected && void session.judgeAgain(queue.selected.id),
    },
    handledElsewhere(group, 'PgUp PgDn Home End', 'In the focused list: a page, the first, the last'),
  ];
}
