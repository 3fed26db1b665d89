import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { useConnection } from '@renderer/shell/state/connection';
import { useMiddle } from '@renderer/shell/state/middle.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import Crystal from './Crystal.svelte';
import { Inside, provideInside, useInside } from './inside.svelte';
import InsidePanel from './InsidePanel.svelte';
import { insideKeys } from './keys';
import { useSaveCrystal } from './save-crystal';

/** The crystal that made a pattern, with the dislocation in it: what phase retrieval says, and the crystal itself. */
export const inside: Feature = {
  panels: { verdict: InsidePanel, crystal: Crystal },
  provide() {
    const own = provideInside(
      new Inside({
        connection: useConnection(),
        middle: useMiddle(),
        preferences: usePreferences(),
        queue: useQueue(),
        session: useSession(),
      }),
    );
    onMount(() => own.start());
  },
  keys: () => insideKeys({ alerts: useAlerts(), inside: useInside(), save: useSaveCrystal() }),
};
