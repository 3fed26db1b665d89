import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useConnection } from '@renderer/shell/state/connection';
import { useDialogs } from '@renderer/shell/state/dialogs.svelte';
import { Jobs, provideJobs } from './jobs.svelte';
import JobsButton from './JobsButton.svelte';
import { jobsText } from './words';

/** Everything that takes longer than a second. */
export const jobs: Feature = {
  panels: { 'top-bar': JobsButton },
  dialogs: { jobs: () => import('./JobDrawer.svelte') },
  provide() {
    const all = provideJobs(new Jobs(useConnection()));
    onMount(() => all.start());
  },
  keys() {
    const dialogs = useDialogs();
    return [
      {
        group: keyGroups.view,
        keys: ['J'],
        shown: 'Shift+J',
        does: jobsText.does,
        run: () => dialogs.show('jobs'),
      },
    ];
  },
};
