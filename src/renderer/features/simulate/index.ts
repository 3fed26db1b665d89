import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { useConnection } from '@renderer/shell/state/connection';
import { simulateKeys } from './keys';
import { provideSimulate, Simulate, useSimulate } from './simulate.svelte';
import { simulateText } from './words';

/** Training sets: a recipe, its crystals and patterns one by one, the simulation of all. */
export const simulate: Feature = {
  views: [
    {
      name: 'simulate',
      title: simulateText.label,
      load: () => import('./SimulateView.svelte'),
      tells() {
        const { job, preview } = useSimulate();
        return {
          get part() {
            return job.running ? job.part : null;
          },
          sight: {
            get volume() {
              return preview.volume;
            },
            get loading() {
              return preview.loading;
            },
            title: simulateText.pattern.label,
          },
        };
      },
    },
  ],
  provide() {
    const { job } = provideSimulate(new Simulate(useConnection()));
    onMount(() => job.start());
  },
  keys: () => simulateKeys(useSimulate()),
};
