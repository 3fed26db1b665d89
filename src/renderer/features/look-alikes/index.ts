import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useConnection } from '@renderer/shell/state/connection';
import { LookAlikesView, provideLookAlikes, useLookAlikes } from './look-alikes.svelte';
import LookAlikesPanel from './LookAlikesPanel.svelte';
import { lookAlikesText } from './words';

/** The simulated patterns most like a scan. */
export const lookAlikes: Feature = {
  panels: { verdict: LookAlikesPanel },
  provide: () => void provideLookAlikes(new LookAlikesView(useConnection())),
  keys() {
    const view = useLookAlikes();
    return [
      {
        group: keyGroups.scans,
        in: 'watch',
        keys: ['a'],
        shown: 'a',
        does: lookAlikesText.does,
        run: () => view.toggle(),
      },
    ];
  },
};
