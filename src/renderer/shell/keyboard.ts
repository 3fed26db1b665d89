import { handledElsewhere } from '@renderer/features/verdict/keys';
import { overviewShortcuts } from '@renderer/features/overview/keys';
import { queueShortcuts } from '@renderer/features/queue/keys';
import { simulateShortcuts } from '@renderer/features/simulate/keys';
import { slicesShortcuts } from '@renderer/features/slices/keys';
import { trainShortcuts } from '@renderer/features/train/keys';
import { viewShortcuts } from './keys';
import type { Shortcut } from './shortcut';
import type { Screen } from './state/screen.svelte';

/** All of them, as the help sheet lists them. Of two that share a key in a view, the first is run. */
export const shortcuts: readonly Shortcut[] = [
  ...overviewShortcuts,
  ...queueShortcuts,
  ...simulateShortcuts,
  ...trainShortcuts,
  ...slicesShortcuts,
  ...viewShortcuts,
  ...handledElsewhere,
  { group: 'view', keys: [], shown: 'Esc', does: 'Close a dialog', run: () => undefined },
];

const typing = 'input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]';
const ownsArrows = '[role=listbox], select, input, textarea';
/** Keys that move within such a thing, and would do something else elsewhere. */
const moves: readonly string[] = ['Home', 'PageUp', 'PageDown'];

/** Runs the shortcut of a key press, if there is one and nobody is typing or reading a dialog. */
export function dispatchKey(screen: Screen, event: KeyboardEvent): void {
  if (event.altKey || event.defaultPrevented) return;
  if (screen.dialog) {
    // Not there yet, so that the browser knows of nothing to close; opened after that, it would take the focus unasked.
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) screen.show(null);
    return;
  }
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(typing)) return;
  const onSlice = Boolean(target?.closest('[data-slice]'));
  const { view } = screen.preferences;
  const shortcut = shortcuts.find(
    ({ keys, ctrl, onSlice: only, in: where, when }) =>
      keys.includes(event.key) &&
      (ctrl ?? false) === (event.ctrlKey || event.metaKey) &&
      (!only || onSlice) &&
      (where ?? view).includes(view) &&
      (when?.(screen) ?? true),
  );
  if (!shortcut || (moves.includes(event.key) && !onSlice && target?.closest(ownsArrows))) return;
  event.preventDefault();
  shortcut.run(screen, event);
}
