import { createContext } from 'svelte';
import { keyGroups, type Shortcut } from './shortcut';
import type { Dialogs } from './state/dialogs.svelte';
import type { Preferences } from './state/preferences.svelte';

const typing = 'input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]';
const ownsArrows = '[role=listbox], select, input, textarea';
/** Keys that move within such a thing, and would do something else elsewhere. */
const moves: readonly string[] = ['Home', 'PageUp', 'PageDown'];

/** The narrower first: a slice's keys, then those of a view, then those that hold everywhere. */
const rank = ({ onSlice, in: where }: Shortcut): number => (onSlice ? 0 : where === undefined ? 2 : 1);

/** All keys of the window, whichever feature they belong to. */
export class Keyboard {
  readonly #shortcuts: readonly Shortcut[];
  readonly #ranked: readonly Shortcut[];
  readonly #dialogs: Dialogs;
  readonly #preferences: Preferences;

  constructor(shortcuts: readonly Shortcut[], dialogs: Dialogs, preferences: Preferences) {
    this.#shortcuts = shortcuts;
    this.#ranked = shortcuts.toSorted((a, b) => rank(a) - rank(b));
    this.#dialogs = dialogs;
    this.#preferences = preferences;
  }

  /** As the help sheet lists them, heading by heading: those that features share stand around the features' own. */
  get groups(): readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] {
    const { scans, hand, cuts, view } = keyGroups;
    const [first, last]: [string[], string[]] = [
      [scans, hand],
      [cuts, view],
    ];
    const own = this.#shortcuts.map(({ group }) => group).filter((group) => ![...first, ...last].includes(group));
    const shown = this.#shortcuts.filter((shortcut) => shortcut.shown !== '' && (shortcut.when?.() ?? true));
    return [...new Set([...first, ...own, ...last])].map((title) => ({
      title,
      shortcuts: shown.filter(({ group }) => group === title),
    }));
  }

  /** Runs the shortcut of a key press, if there is one and nobody is typing or reading a dialog. */
  press(event: KeyboardEvent): void {
    if (event.altKey || event.defaultPrevented) return;
    if (this.#dialogs.shown) {
      // Not there yet, so that the browser knows of nothing to close; opened after that, it would take the focus unasked.
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) this.#dialogs.close();
      return;
    }
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(typing)) return;
    const onSlice = Boolean(target?.closest('[data-slice]'));
    const { view } = this.#preferences;
    const shortcut = this.#ranked.find(
      ({ keys, ctrl, onSlice: only, in: where, when }) =>
        keys.includes(event.key) &&
        (ctrl ?? false) === (event.ctrlKey || event.metaKey) &&
        (!only || onSlice) &&
        (where ?? view).includes(view) &&
        (when?.() ?? true),
    );
    if (!shortcut || (moves.includes(event.key) && !onSlice && target?.closest(ownsArrows))) return;
    event.preventDefault();
    shortcut.run(event);
  }
}

export const [useKeyboard, provideKeyboard] = createContext<Keyboard>();
