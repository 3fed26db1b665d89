import type { Component } from 'svelte';
import { idle } from './idle';
import type { DialogName } from './state/screen.svelte';

/** Loads a part of the screen that is not needed for its first picture. */
export type Load = () => Promise<{ readonly default: Component }>;

/** Views that are not there when the screen opens; each is a file of its own. */
export const views = {
  overview: () => import('./panels/OverviewView.svelte'),
  simulate: () => import('./panels/SimulateView.svelte'),
  train: () => import('./panels/TrainView.svelte'),
} satisfies Record<string, Load>;

export const dialogs: Readonly<Record<DialogName, Load>> = {
  folder: () => import('./panels/FolderDialog.svelte'),
  beamline: () => import('./panels/BeamlineDialog.svelte'),
  help: () => import('./panels/HelpDialog.svelte'),
  export: () => import('./panels/ExportDialog.svelte'),
  jobs: () => import('./panels/JobDrawer.svelte'),
  settings: () => import('./panels/SettingsDialog.svelte'),
  share: () => import('./panels/ShareDialog.svelte'),
};

/** Fetches them all while there is nothing else to do, so that none is waited for later, nor missed when the app is gone. */
export async function loadAhead(): Promise<void> {
  for (const load of [...Object.values(dialogs), ...Object.values(views)]) {
    await idle();
    // Asked for again, and told of, when it is wanted.
    await load().catch(() => undefined);
  }
}
