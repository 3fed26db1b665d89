import type { PictureFormat } from '@renderer/drawing/figure/save';
import { handledElsewhere, keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Alerts } from '@renderer/shell/state/alerts.svelte';
import type { Inside } from './inside.svelte';
import { insideText } from './words';

interface Tools {
  readonly alerts: Alerts;
  readonly inside: Inside;
  readonly save: (format: PictureFormat) => Promise<void>;
}

/** Keys for what is within a crystal; all but one mean something only while it is shown. */
export function insideKeys({ alerts, inside, save }: Tools): readonly Shortcut[] {
  const words = insideText.keys;
  const whileShown = { group: keyGroups.view, in: 'watch', when: () => inside.shown } as const;
  return [
    {
      group: keyGroups.scans,
      in: 'watch',
      keys: ['d'],
      shown: 'd',
      does: insideText.does,
      run: () => inside.toggle(),
    },
    { ...whileShown, keys: ['q'], shown: 'q', does: words.quantity, run: () => inside.view.nextQuantity() },
    {
      ...whileShown,
      keys: ['s', 'G'],
      shown: 's  Shift+G',
      does: words.save,
      run: ({ key }) => void alerts.attempt(() => save(key === 's' ? 'png' : 'svg')),
    },
    ...(
      [
        ['← → ↑ ↓', words.turn],
        ['+  −  Home', words.zoom],
        ['[  ]', words.depth],
      ] as const
    ).map(([shown, does]) => ({ ...handledElsewhere(keyGroups.view, shown, does), when: whileShown.when })),
  ];
}
