import { createContext } from 'svelte';
import { toProblem } from '@contract/errors';
import type { Preset } from '@contract/geometry';
import type { AppInfo, WatchState } from '@contract/app';
import type { Connection, ConnectionStatus } from '@renderer/connection/types';
import type { Alerts } from './alerts.svelte';
import type { Queue } from './queue.svelte';
import { paperClasses, type DefectClass } from '@vocabulary/classes';

/** What the app as a whole is doing: connection, engine, watched folder, presets. */
export class Session {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #alerts: Alerts;
  #status = $state<ConnectionStatus>('connecting');
  #info = $state.raw<AppInfo | null>(null);
  #watch = $state.raw<WatchState | null>(null);
  #presets = $state.raw<readonly Preset[]>([]);

  constructor(connection: Connection, queue: Queue, alerts: Alerts) {
    this.#connection = connection;
    this.#queue = queue;
    this.#alerts = alerts;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** What the model in use tells; the paper's classes while none is loaded. */
  get classes(): readonly DefectClass[] {
    return this.#info?.model?.classes ?? paperClasses;
  }

  get info(): AppInfo | null {
    return this.#info;
  }

  /** This screen may look at everything and change nothing; the app sees to that. */
  get readOnly(): boolean {
    return this.#info?.readOnly ?? false;
  }

  /** There is an address to hand on; who may only look hands on what they were given. */
  get canShare(): boolean {
    return this.#info?.shell === 'web' && !this.readOnly;
  }

  get watch(): WatchState | null {
    return this.#watch;
  }

  get presets(): readonly Preset[] {
    return this.#presets;
  }

  /** Listens to the app; returns the function that stops. Everything is asked anew at every (re)connection. */
  start(): () => void {
    const stops = [
      this.#connection.on('scan-changed', (scan) => this.#queue.upsert(scan)),
      this.#connection.on('scan-removed', ({ id }) => this.#queue.remove(id)),
      this.#connection.on('watch-changed', (watch) => this.#watches(watch)),
      this.#connection.on('alerts-changed', (alerts) => this.#alerts.stand(alerts)),
      this.#connection.on('info-changed', (info) => (this.#info = info)),
      this.#connection.onStatus((status) => {
        this.#status = status;
        if (status === 'open') void this.#refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Judges a scan again. */
  async judgeAgain(id: string): Promise<void> {
    await this.#alerts.attempt(async () =>
      this.#queue.upsert(await this.#connection.call('scans/judge-again', { id })),
    );
  }

  async startWatching(folder: string, preset: string): Promise<void> {
    this.#watches(await this.#connection.call('watch/start', { folder, preset }));
    this.#queue.replaceAll(await this.#connection.call('scans/list', undefined));
  }

  /** The address for a colleague, as this screen reaches the app; read-only. @param origin of this page */
  async shareAddress(origin: string): Promise<string | null> {
    const shared = await this.#connection.call('app/share', undefined);
    return shared && origin + shared.path;
  }

  /** A simulated beamtime, in a folder of the app's own. */
  async playDemo(): Promise<void> {
    this.#watches(await this.#connection.call('demo/play', undefined));
  }

  /** Which preset the next folder is watched with, while none is. */
  choosePreset(preset: string): void {
    if (this.#watch) this.#watch = { ...this.#watch, preset };
  }

  async stopWatching(): Promise<void> {
    await this.#alerts.attempt(async () => this.#watches(await this.#connection.call('watch/stop', undefined)));
  }

  async savePreset(preset: Preset): Promise<void> {
    this.#presets = await this.#connection.call('presets/save', preset);
  }

  #watches(watch: WatchState): void {
    this.#watch = watch;
    this.#queue.watching(watch.folder);
  }

  async #refresh(): Promise<void> {
    try {
      await this.#askAll();
    } catch (error) {
      const problem = toProblem(error);
      // A lost connection is told by its status, and all is asked again once it is back.
      if (problem.code !== 'connection-lost') this.#alerts.report(problem);
    }
  }

  /** Takes each answer the moment it comes: waiting for all would let an older list undo a newer event. */
  async #askAll(): Promise<void> {
    const call = this.#connection.call.bind(this.#connection);
    await Promise.all([
      call('app/info', undefined).then((info) => (this.#info = info)),
      call('app/alerts', undefined).then((alerts) => this.#alerts.stand(alerts)),
      call('watch/state', undefined).then((watch) => this.#watches(watch)),
      call('presets/list', undefined).then((presets) => (this.#presets = presets)),
      call('scans/list', undefined).then((scans) => this.#queue.replaceAll(scans)),
    ]);
  }
}

export const [useSession, provideSession] = createContext<Session>();
