import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useDialogs } from '@renderer/shell/state/dialogs.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import ShareButton from './ShareButton.svelte';
import { shareText } from './words';

/** An address for colleagues, who may look at everything and change nothing. */
export const share: Feature = {
  panels: { 'top-bar': ShareButton },
  dialogs: { share: () => import('./ShareDialog.svelte') },
  keys() {
    const dialogs = useDialogs();
    const session = useSession();
    return [
      {
        group: keyGroups.view,
        keys: ['L'],
        shown: 'Shift+L',
        does: shareText.does,
        run: () => session.canShare && dialogs.show('share'),
      },
    ];
  },
};
