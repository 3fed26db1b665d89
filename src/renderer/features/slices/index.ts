import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
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
