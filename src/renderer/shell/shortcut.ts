import type { DefectClass } from '@vocabulary/classes';
import type { ViewName } from './names';
import type { Session } from './state/session.svelte';

/** A key (or several) and what it does; the help sheet and the dispatcher read the same list. */
export interface Shortcut {
  /** Its heading in the help sheet: one of `keyGroups`, or a feature's own. */
  readonly group: string;
  /** `KeyboardEvent.key` values. */
  readonly keys: readonly string[];
  /** How the help sheet writes the keys; a key without stands there with another. */
  readonly shown: string;
  readonly does: string;
  /** Together with Ctrl (or Cmd). */
  readonly ctrl?: boolean;
  /** Only in this view, or these, where it goes before a key that holds everywhere. */
  readonly in?: ViewName | readonly ViewName[];
  /** Only while a slice has the focus, where the key means something else elsewhere. */
  readonly onSlice?: boolean;
  /** Only where this holds; elsewhere the help sheet leaves it out. */
  readonly when?: () => boolean;
  run(event: KeyboardEvent): void;
}

/** Headings that several features put keys under. */
export const keyGroups = { scans: 'Scans', hand: 'By hand', cuts: 'Cuts', view: 'View' } as const;

/** What the element that has the focus, or the mouse, handles by itself; listed so that the sheet leaves nothing out. */
export const handledElsewhere = (group: string, shown: string, does: string): Shortcut => ({
  group,
  keys: [],
  shown,
  does,
  run: () => undefined,
});

/** Whether the model in use tells a class: nobody is offered keys for others. */
export const tells = (session: Session, name: DefectClass) => (): boolean => session.classes.includes(name);
