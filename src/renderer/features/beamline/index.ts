import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useDialogs } from '@renderer/shell/state/dialogs.svelte';
import { beamlineText } from './words';

/** The beamline's preset, and what its files do not record. */
export const beamline: Feature = {
  dialogs: { beamline: () => import('./BeamlineDialog.svelte') },
  keys() {
    const dialogs = useDialogs();
    return [
      {
        group: keyGroups.view,
        keys: ['b'],
        shown: 'b',
        does: beamlineText.title,
        run: () => dialogs.show('beamline'),
      },
    ];
  },
};
