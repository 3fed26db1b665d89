import type { Component } from 'svelte';
import type { DialogName, ViewName } from './names';
import type { Shortcut } from './shortcut';
import type { Sight } from './state/sight';
import type { SlotName, Slots } from './slots';

/** Loads a part of the screen that is not needed for its first picture. */
export type Load = () => Promise<{ readonly default: Component }>;

/** Components for places of the shell's, or of another feature's panel. */
export type Panels = { readonly [S in SlotName]?: Component<Slots[S]> };

/** A view of its own, beside Watch. */
export interface View {
  readonly name: ViewName;
  /** On its tab. */
  readonly title: string;
  readonly load: Load;
  /** It has nothing to show before there are scans. */
  readonly ofScans?: boolean;
  /** What of it is told outside it; called once, when all state has been handed down. */
  readonly tells?: () => ViewTelling;
}

export interface ViewTelling {
  /** How far what runs behind it is, 0 to 1; null: nothing runs, or nobody knows. */
  readonly part?: number | null;
  /** What its cuts show, where it has any of its own. */
  readonly sight?: Sight;
}

/**
 * One thing that a person does, as the shell sees it: each folder of `features/` exports one from its `index.ts`, and
 * `features/index.ts` lists them. Where their order can be seen (panels of one slot, keys in the help sheet), it is the list's.
 */
export interface Feature {
  readonly panels?: Panels;
  readonly views?: readonly View[];
  readonly dialogs?: Readonly<Partial<Record<DialogName, Load>>>;
  /** Makes its state and hands it down to the components; called once, while the window is made, with the shell's own state there. */
  readonly provide?: () => void;
  /** Its keys; called once, when all state has been handed down. */
  readonly keys?: () => readonly Shortcut[];
}
