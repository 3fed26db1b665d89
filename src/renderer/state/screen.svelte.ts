import { createContext } from 'svelte';
import type { Connection } from '../connection/types';
import type { PreparedVolume } from '../slices/volume';
import { Filters } from './filters.svelte';
import { OpenScan } from './open-scan.svelte';
import { Overview } from './overview.svelte';
import type { Preferences } from './preferences.svelte';
import { Queue } from './queue.svelte';
import { Session } from './session.svelte';
import { Simulate } from './simulate.svelte';
import { SliceView } from './slice-view.svelte';

export type DialogName = 'folder' | 'beamline' | 'help';

/** All state of one window, handed down to the components. */
export class Screen {
  readonly connection: Connection;
  readonly preferences: Preferences;
  readonly queue: Queue;
  readonly slices = new SliceView();
  readonly open: OpenScan;
  readonly session: Session;
  readonly simulate: Simulate;
  readonly overview: Overview;
  #dialog = $state<DialogName | null>(null);

  constructor(connection: Connection, preferences: Preferences) {
    this.connection = connection;
    this.preferences = preferences;
    this.queue = new Queue(new Filters(preferences));
    this.open = new OpenScan(connection);
    this.session = new Session(connection, this.queue, this.open);
    this.simulate = new Simulate(connection);
    this.overview = new Overview(connection);
  }

  get dialog(): DialogName | null {
    return this.#dialog;
  }

  show(dialog: DialogName | null): void {
    this.#dialog = dialog;
  }

  flagSelected(): void {
    const scan = this.queue.selected;
    if (scan) void this.session.flag(scan.id, !scan.flagged);
  }

  /** Shows one scan in the Watch view. */
  watchScan(id: string): void {
    this.session.select(id);
    this.preferences.setView('watch');
  }

  /** The volume that the view shows: a measured scan's, or a simulated pattern. */
  get volume(): PreparedVolume | null {
    return this.preferences.view === 'simulate' ? this.simulate.preview.volume : this.open.volume;
  }

  recentre(): void {
    if (this.volume) this.slices.recentre(this.volume.peak);
  }
}

/** The window's state, for any component below App. */
export const [useScreen, provideScreen] = createContext<Screen>();
