import { onMount } from 'svelte';
import type { Feature } from '@renderer/shell/feature';
import { useConnection } from '@renderer/shell/state/connection';
import { useOpenScan } from '@renderer/shell/state/open-scan.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import { provideSurfaceTint } from '@renderer/shell/state/surface-tint';
import BlindSpots from './BlindSpots.svelte';
import OcclusionLayer from './OcclusionLayer.svelte';
import { Explaining, provideExplaining, useExplaining } from './explaining.svelte';
import ExplainPanel from './ExplainPanel.svelte';
import { explainKeys } from './keys';
import SurfaceKey from './SurfaceKey.svelte';

/** What a verdict rests on, over the cuts and on the surface, and what its reflection cannot see. */
export const explain: Feature = {
  panels: {
    verdict: ExplainPanel,
    detail: BlindSpots,
    'over-cut': OcclusionLayer,
    'surface-key': SurfaceKey,
  },
  provide() {
    const explaining = provideExplaining(new Explaining(useConnection()));
    provideSurfaceTint({
      get current() {
        return explaining.tint;
      },
    });
    const [queue, session, open] = [useQueue(), useSession(), useOpenScan()];
    onMount(() => explaining.start());
    onMount(() =>
      explaining.byItself(queue, () => !session.readOnly && (open.loading ? 'later' : open.volume !== null)),
    );
  },
  keys: () => explainKeys(useExplaining(), useOpenScan()),
};
