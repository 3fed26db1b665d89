import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useDialogs } from '@renderer/shell/state/dialogs.svelte';
import ExportButton from './ExportButton.svelte';
import { exportText } from './words';

/** Tables, the beamline's macro and the report of a beamtime. */
export const exporting: Feature = {
  panels: { 'top-bar': ExportButton },
  dialogs: { export: () => import('./ExportDialog.svelte') },
  keys() {
    const dialogs = useDialogs();
    return [
      {
        group: keyGroups.view,
        keys: ['X'],
        shown: 'Shift+X',
        does: exportText.title,
        run: () => dialogs.show('export'),
      },
    ];
  },
};
