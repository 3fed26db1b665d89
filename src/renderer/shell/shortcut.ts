import type { ViewName } from './state/preferences.svelte';
import type { Screen } from './state/screen.svelte';
import type { DefectClass } from '@vocabulary/classes';

export type Group = 'queue' | 'hand' | 'overview' | 'simulate' | 'train' | 'slices' | 'view';

/** A key (or several) and what it does; the help sheet and the dispatcher read the same list. */
export interface Shortcut {
  readonly group: Group;
  /** `KeyboardEvent.key` values. */
  readonly keys: readonly string[];
  /** How the help sheet writes the keys. */
  readonly shown: string;
  readonly does: string;
  /** Together with Ctrl (or Cmd). */
  readonly ctrl?: boolean;
  /** Only in this view, or these. */
  readonly in?: ViewName | readonly ViewName[];
  /** Only while a slice has the focus, where the key means something else elsewhere. */
  readonly onSlice?: boolean;
  /** Only where this holds; elsewhere the help sheet leaves it out. */
  readonly when?: (screen: Screen) => boolean;
  run(screen: Screen, event: KeyboardEvent): void;
}

/** Whether the model in use tells a class: nobody is offered keys for others. */
export const tells =
  (name: DefectClass) =>
  ({ session }: Screen): boolean =>
    session.classes.includes(name);
