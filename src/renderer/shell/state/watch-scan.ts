import { usePreferences } from './preferences.svelte';
import { useQueue } from './queue.svelte';

/** How a component shows one scan in the Watch view, by its id; to be called while the component is made. */
export function useWatchScan(): (id: string) => void {
  const queue = useQueue();
  const preferences = usePreferences();
  return (id) => {
    queue.select(id);
    preferences.setView('watch');
  };
}
