import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
import Cuts from './Cuts.svelte';
import { slicesKeys } from './keys';
import { Measuring, provideMeasuring, useMeasuring } from './measuring.svelte';
import { useSaveProfile } from './save-profile';
import { useSaveSlices } from './save-slices';
import SlicesPanel from './SlicesPanel.svelte';

/** Three linked cuts through a volume, a second scan's beside them, and what is measured on them. */
export const slices: Feature = {
  panels: {
    watch: SlicesPanel,
    cuts: Cuts,
  },
  provide() {
    provideMeasuring(new Measuring(useSliceView()));
  },
  keys: () =>
    slicesKeys({
      alerts: useAlerts(),
      comparison: useComparison(),
      measuring: useMeasuring(),
      preferences: usePreferences(),
      sight: useSight(),
      slices: useSliceView(),
      save: useSaveSlices(),
      saveProfile: useSaveProfile(),
    }),
};
