import { toProblem, type Problem } from '@contract/errors';
import type { Preset } from '@contract/geometry';
import type { Alert, AppInfo, WatchState } from '@contract/procedures';
import type { Connection, ConnectionStatus } from '@renderer/connection/types';
import { Marks } from './marks.svelte';
import type { OpenScan } from './open-scan.svelte';
import type { Queue } from './queue.svelte';
import { paperClasses, type DefectClass } from '@vocabulary/classes';

/** What the app as a whole is doing: connection, engine, watched folder, presets, alerts. */
export class Session {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #open: OpenScan;
  #status = $state<ConnectionStatus>('connecting');
  #info = $state.raw<AppInfo | null>(null);
  #watch = $state.raw<WatchState | null>(null);
  #presets = $state.raw<readonly Preset[]>([]);
  #standing = $state.raw<readonly Alert[]>([]);
  /** Standing alerts that were read; each comes back once its condition has gone and come anew. */
  #read = $state.raw<readonly string[]>([]);
  #failures = $state.raw<readonly Alert[]>([]);
  #failureCount = 0;
  /** Flags, notes and judgements by hand, with undo. */
  readonly marks: Marks;

  constructor(connection: Connection, queue: Queue, open: OpenScan) {
    this.marks = new Marks({
      connection,
      find: (id) => queue.scans.find((scan) => scan.id === id),
      put: (scan) => queue.upsert(scan),
      attempt: (action) => this.attempt(action),
    });
    this.#connection = connection;
    this.#queue = queue;
    this.#open = open;
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

  /** Standing conditions of the app; each disappears with its condition. */
  get standing(): readonly Alert[] {
    return this.#standing.filter(({ id }) => !this.#read.includes(id));
  }

  /** Requests of this screen that failed; each stays until dismissed. */
  get failures(): readonly Alert[] {
    return this.#failures;
  }

  /** Listens to the app; returns the function that stops. Everything is asked anew at every (re)connection. */
  start(): () => void {
    const stops = [
      this.#connection.on('scan-changed', (scan) => this.#queue.upsert(scan)),
      this.#connection.on('scan-removed', ({ id }) => this.#queue.remove(id)),
      // Of scans that come at once, only the last is looked at.
      this.#connection.onApplied(() => this.#showSelected()),
      this.#connection.on('watch-changed', (watch) => this.#watches(watch)),
      this.#connection.on('alerts-changed', (alerts) => this.#stand(alerts)),
      this.#connection.on('info-changed', (info) => (this.#info = info)),
      this.#connection.onStatus((status) => {
        this.#status = status;
        if (status === 'open') void this.#refresh();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  select(id: string): void {
    this.#queue.select(id);
    this.#showSelected();
  }

  move(by: number): void {
    this.#queue.move(by);
    this.#showSelected();
  }

  follow(on: boolean): void {
    this.#queue.follow(on);
    this.#showSelected();
  }

  flag(id: string, flagged: boolean): Promise<boolean> {
    return this.marks.set(id, 'flagged', flagged);
  }

  note(id: string, note: string): Promise<boolean> {
    return this.marks.set(id, 'note', note);
  }

  /** A person's class beside the network's; null goes back to the network's alone. */
  async overrule(id: string, of: DefectClass | null, by: string): Promise<boolean> {
    const now = this.#queue.scans.find((scan) => scan.id === id)?.overruled?.class ?? null;
    return of === now || this.marks.set(id, 'overruled', of ? { class: of, ...(by && { by }) } : undefined);
  }

  async redo(id: string): Promise<void> {
    await this.attempt(async () => {
      this.#queue.upsert(await this.#connection.call('scans/redo', { id }));
      this.#showSelected();
    });
  }

  async startWatching(folder: string, preset: string): Promise<void> {
    this.#watches(await this.#connection.call('watch/start', { folder, preset }));
    this.#queue.replaceAll(await this.#connection.call('scans/list', undefined));
    this.#showSelected();
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
    await this.attempt(async () => this.#watches(await this.#connection.call('watch/stop', undefined)));
  }

  async savePreset(preset: Preset): Promise<void> {
    this.#presets = await this.#connection.call('presets/save', preset);
  }

  retry(): void {
    if (this.#queue.selected) this.#open.retry(this.#queue.selected);
  }

  dismiss(id: string): void {
    this.#failures = this.#failures.filter((failure) => failure.id !== id);
    if (this.#standing.some((alert) => alert.id === id)) this.#read = [...this.#read, id];
  }

  /** Runs what the user asked for; a failure is shown and false returned. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.#report(toProblem(error));
      return false;
    }
  }

  #stand(alerts: readonly Alert[]): void {
    this.#standing = alerts;
    this.#read = this.#read.filter((id) => alerts.some((alert) => alert.id === id));
  }

  #watches(watch: WatchState): void {
    this.#watch = watch;
    this.#queue.watching(watch.folder);
    this.#showSelected();
  }

  #report(problem: Problem): void {
    const others = this.#failures.filter((failure) => failure.problem.message !== problem.message);
    this.#failures = [...others, { id: `failure-${this.#failureCount++}`, problem }];
  }

  #showSelected(): void {
    const { selected, selectedIndex, shown, following } = this.#queue;
    // Who steps through past scans goes on to the next one; who follows gets what comes.
    const near = following || selectedIndex < 0 ? [] : [shown[selectedIndex + 1], shown[selectedIndex - 1]];
    this.#open.show(
      selected,
      near.flatMap((scan) => (scan?.state === 'classified' ? [scan] : [])),
    );
  }

  async #refresh(): Promise<void> {
    try {
      await this.#askAll();
    } catch (error) {
      const problem = toProblem(error);
      // A lost connection is told by its status, and all is asked again once it is back.
      if (problem.code !== 'connection-lost') this.#report(problem);
    }
  }

  /** Takes each answer the moment it comes: waiting for all would let an older list undo a newer event. */
  async #askAll(): Promise<void> {
    const call = this.#connection.call.bind(this.#connection);
    this.#open.forget();
    await Promise.all([
      call('app/info', undefined).then((info) => (this.#info = info)),
      call('app/alerts', undefined).then((alerts) => this.#stand(alerts)),
      call('watch/state', undefined).then((watch) => this.#watches(watch)),
      call('presets/list', undefined).then((presets) => (this.#presets = presets)),
      call('scans/list', undefined).then((scans) => {
        this.#queue.replaceAll(scans);
        this.#showSelected();
      }),
    ]);
  }
}
