import type { Feature } from '@renderer/shell/feature';
import { useConnection } from '@renderer/shell/state/connection';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import { overviewKeys } from './keys';
import { Overview, provideOverview } from './overview.svelte';
import { overviewText } from './words';

/** A whole beamtime: when, where on the sample, how many of each class. */
export const overview: Feature = {
  views: [{ name: 'overview', title: overviewText.tab, load: () => import('./OverviewView.svelte'), ofScans: true }],
  provide: () => void provideOverview(new Overview(useConnection(), usePreferences())),
  keys: () => overviewKeys(useQueue(), useSession()),
};
