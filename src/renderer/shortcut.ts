import type { ViewName } from './state/preferences.svelte';
import type { Screen } from './state/screen.svelte';

type Group = 'queue' | 'overview' | 'simulate' | 'slices' | 'view';

/** A key (or several) and what it does; the help sheet and the dispatcher read the same list. */
export interface Shortcut {
  readonly group: Group;
  /** `KeyboardEvent.key` values. */
  readonly keys: readonly string[];
  /** How the help sheet writes the keys. */
  readonly shown: string;
  readonly does: string;
  /** Only in this view, or these. */
  readonly in?: ViewName | readonly ViewName[];
  /** Only while a slice has the focus, where the key means something else elsewhere. */
  readonly onSlice?: boolean;
  run(screen: Screen, event: KeyboardEvent): void;
}
