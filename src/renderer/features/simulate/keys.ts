import { handledElsewhere, type Shortcut } from '@renderer/shell/shortcut';
import type { Simulate } from './simulate.svelte';
import { simulateText } from './words';

const group = simulateText.label;

/** Keys of the Simulate view. */
export const simulateKeys = ({ preview, view }: Simulate): readonly Shortcut[] => [
  {
    group,
    in: 'simulate',
    keys: ['j'],
    shown: 'j',
    does: 'Next crystal of the recipe',
    run: () => preview.step(1),
  },
  { group, in: 'simulate', keys: ['k'], shown: 'k', does: 'Previous crystal', run: () => preview.step(-1) },
  {
    group,
    in: 'simulate',
    keys: ['d'],
    shown: 'd',
    does: 'Cut the crystal open, or close it',
    run: () => view.cutTo(view.cut > 0 ? 0 : 0.5),
  },
  // The crystal's own keys are handled where it has the focus.
  handledElsewhere(group, '← → ↑ ↓', 'Turn the focused crystal'),
  handledElsewhere(group, '+ − Home', 'Zoom the focused crystal, or turn it back'),
];
