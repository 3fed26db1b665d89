import { onMount } from 'svelte';
import { findBridge } from '@renderer/connection/bridge';
import type { Feature } from '@renderer/shell/feature';
import { keyGroups } from '@renderer/shell/shortcut';
import { useConnection } from '@renderer/shell/state/connection';
import { useDialogs } from '@renderer/shell/state/dialogs.svelte';
import { useScreenSettings } from '@renderer/shell/state/screen-settings.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { Notifier, provideNotifier } from './notifier.svelte';
import { notifyPort } from './notify';
import SettingsButton from './SettingsButton.svelte';
import { settingsText } from './words';

/** What a person sets once on this screen, and what they are told of outside it. */
export const settings: Feature = {
  panels: { 'top-bar': SettingsButton },
  dialogs: { settings: () => import('./SettingsDialog.svelte') },
  provide() {
    const connection = useConnection();
    const port = notifyPort(connection, findBridge() !== undefined);
    const notifier = provideNotifier(new Notifier(connection, useQueue(), useScreenSettings(), port));
    onMount(() => notifier.start());
  },
  keys() {
    const dialogs = useDialogs();
    return [
      {
        group: keyGroups.view,
        keys: [','],
        shown: ',',
        does: settingsText.title,
        run: () => dialogs.show('settings'),
      },
    ];
  },
};
