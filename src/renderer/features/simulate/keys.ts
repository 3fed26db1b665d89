import type { Shortcut } from '@renderer/shell/shortcut';

/** Keys of the Simulate panel. */
export const simulateShortcuts: readonly Shortcut[] = [
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['j'],
    shown: 'j',
    does: 'Next crystal of the recipe',
    run: ({ simulate }) => simulate.preview.step(1),
  },
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['k'],
    shown: 'k',
    does: 'Previous crystal',
    run: ({ simulate }) => simulate.preview.step(-1),
  },
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['d'],
    shown: 'd',
    does: 'Cut the crystal open, or close it',
    run: ({ simulate: { view } }) => view.cutTo(view.cut > 0 ? 0 : 0.5),
  },
  // The crystal's own keys are handled where it has the focus.
  { group: 'simulate', keys: [], shown: '← → ↑ ↓', does: 'Turn the focused crystal', run: () => undefined },
];
