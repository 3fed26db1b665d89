import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { useConnection } from '@renderer/shell/state/connection';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { Comparison, provideComparison, useComparison } from './comparison.svelte';
import Cuts from './Cuts.svelte';
import { slicesKeys } from './keys';
import { useSaveSlices } from './save-slices';
import SlicesPanel from './SlicesPanel.svelte';

/** Three linked cuts through a volume, and a second scan's beside them. */
export const slices: Feature = {
  panels: {
    watch: SlicesPanel,
    cuts: Cuts,
  },
  provide() {
    const comparison = provideComparison(new Comparison(useConnection(), useQueue()));
    onMount(() => comparison.start());
  },
  keys: () =>
    slicesKeys({
      alerts: useAlerts(),
      comparison: useComparison(),
      preferences: usePreferences(),
      sight: useSight(),
      slices: useSliceView(),
      save: useSaveSlices(),
    }),
};
