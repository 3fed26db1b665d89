import { isWithin } from '@main/files/roots';
import { passedOver, type Overlooked } from '@main/beamtime/watch/overlooked';

/** Tells what the looks at the watched folder, and at what was dropped, pass over; each is taken back when it is no longer so. */
export interface PassedOver {
  tell(root: string, found: Overlooked): void;
  /** Another folder is watched, or none: what was told of any other is taken back. */
  leave(folder: string | null): void;
}

/** @param setAlert raises the alert of that name; undefined takes it back */
export function createPassedOver(setAlert: (id: string, error: unknown) => void): PassedOver {
  const told = new Set<string>();
  const set = (root: string, found: Overlooked): void => {
    for (const [kind, problem] of Object.entries(passedOver(root, found))) setAlert(`${kind} ${root}`, problem);
  };
  return {
    tell(root, found) {
      told.add(root);
      set(root, found);
    },
    leave(folder) {
      for (const root of told) {
        if (folder !== null && isWithin(folder, root)) continue;
        told.delete(root);
        set(root, { strangers: [], closed: [] });
      }
    },
  };
}
