import { useNotices } from './state/notices.svelte';
import { useSight } from './state/sight';
import { shellText } from './words';

/** Whether there is something to save. @param what it is, in words @param awaited it is on its way */
type CanSave = <T>(seen: T, what: string, awaited?: boolean) => seen is NonNullable<T>;

/**
 * How a figure asks whether what it would save is there, and says so where it is not, or not yet: a key that does nothing
 * would be pressed in good faith. To be called while a component is made.
 */
export function useCanSave(): CanSave {
  const notices = useNotices();
  const sight = useSight();
  return <T>(seen: T, what: string, awaited = false): seen is NonNullable<T> => {
    const there = seen !== null && seen !== undefined;
    notices.say(there ? '' : shellText.saving.unsaved(what, sight.title, awaited || sight.loading));
    return there;
  };
}
