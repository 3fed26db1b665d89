import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { useConnection } from '@renderer/shell/state/connection';
import { trainKeys } from './keys';
import { provideTrain, Train, useTrain } from './train.svelte';
import { trainText } from './words';

/** Training a network, and which model judges. */
export const train: Feature = {
  views: [
    {
      name: 'train',
      title: trainText.label,
      load: () => import('./TrainView.svelte'),
      tells() {
        const { job } = useTrain();
        return {
          get part() {
            return job.running ? job.part : null;
          },
        };
      },
    },
  ],
  provide() {
    const all = provideTrain(new Train(useConnection()));
    onMount(() => all.start());
  },
  keys: () => trainKeys(useTrain(), useAlerts()),
};
