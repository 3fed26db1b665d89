import type { Component } from 'svelte';
import { idle } from './idle';
import type { DialogName } from './state/screen.svelte';

/** Loads a part of the screen that is not needed for its first picture. */
export type Load = () => Promise<{ readonly default: Component }>;

/** Views that are not there when the screen opens; each is a file of its own. */
export const views = {
  overview: () => import('@renderer/features/overview/OverviewView.svelte'),
  simulate: () => import('@renderer/features/simulate/SimulateView.svelte'),
  train: () => import('@renderer/features/train/TrainView.svelte'),
} satisfies Record<string, Load>;

export const dialogs: Readonly<Record<DialogName, Load>> = {
  folder: () => import('./FolderDialog.svelte'),
  beamline: () => import('@renderer/features/beamline/BeamlineDialog.svelte'),
  help: () => import('./HelpDialog.svelte'),
  export: () => import('@renderer/features/export/ExportDialog.svelte'),
  jobs: () => import('@renderer/features/jobs/JobDrawer.svelte'),
  settings: () => import('@renderer/features/settings/SettingsDialog.svelte'),
  share: () => import('./ShareDialog.svelte'),
};

/** Fetches them all while there is nothing else to do, so that none is waited for later, nor missed when the app is gone. */
export async function loadAhead(): Promise<void> {
  for (const load of [...Object.values(dialogs), ...Object.values(views)]) {
    await idle();
    // Asked for again, and told of, when it is wanted.
    await load().catch(() => undefined);
  }
}
