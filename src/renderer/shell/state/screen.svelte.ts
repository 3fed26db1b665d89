import { createContext } from 'svelte';
import { isJudged } from '@contract/scan';
import { liesIn } from '@renderer/shell/filter/filter';
import type { Connection } from '@renderer/connection/types';
import type { PictureFormat } from '@renderer/drawing/figure/save';
import { rangeOf } from '@renderer/drawing/slices/limits';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import { Explaining } from '@renderer/features/explain/explaining.svelte';
import { Comparison } from '@renderer/features/slices/comparison.svelte';
import { DetectorView } from '@renderer/features/figures/detector-view.svelte';
import { Figures } from '@renderer/features/figures/figures.svelte';
import { Habits } from './habits.svelte';
import { Jobs } from '@renderer/features/jobs/jobs.svelte';
import { Notifier, type NotifyPort } from './notifier.svelte';
import { Filters } from '@renderer/shell/filter/filters.svelte';
import { OpenScan } from './open-scan.svelte';
import { Overview } from '@renderer/features/overview/overview.svelte';
import type { Preferences } from './preferences.svelte';
import { LookAlikesView } from '@renderer/features/look-alikes/look-alikes.svelte';
import { Queue } from './queue.svelte';
import { Session } from './session.svelte';
import { Simulate } from '@renderer/features/simulate/simulate.svelte';
import { Train } from '@renderer/features/train/train.svelte';
import { SliceView } from './slice-view.svelte';
import { shellText } from '@renderer/shell/words';
import { slicesText } from '@renderer/features/slices/words';
import { figuresText } from '@renderer/features/figures/words';
import { simulateText } from '@renderer/features/simulate/words';
import { verdictText } from '@renderer/features/verdict/words';
import type { DefectClass } from '@vocabulary/classes';

export type DialogName = 'folder' | 'beamline' | 'help' | 'export' | 'settings' | 'jobs' | 'share';

/** Where nobody listens, as in tests of other things. */
const silent: NotifyPort = {
  prepare: () => Promise.resolve(null),
  notify: () => undefined,
  beep: () => undefined,
};

/** All state of one window, handed down to the components. */
export class Screen {
  readonly connection: Connection;
  readonly preferences: Preferences;
  readonly queue: Queue;
  readonly slices = new SliceView();
  readonly figures = new Figures();
  readonly open: OpenScan;
  readonly detector: DetectorView;
  readonly comparison: Comparison;
  readonly session: Session;
  readonly simulate: Simulate;
  readonly explaining: Explaining;
  readonly lookAlikes: LookAlikesView;
  readonly train: Train;
  readonly jobs: Jobs;
  readonly habits: Habits;
  readonly notifier: Notifier;
  #software = $state<string | null>(null);
  #guiding = $state(false);
  #said = $state('');
  readonly overview: Overview;
  #dialog = $state<DialogName | null>(null);

  constructor(connection: Connection, preferences: Preferences, notify: NotifyPort = silent) {
    this.connection = connection;
    this.preferences = preferences;
    this.queue = new Queue(new Filters(preferences));
    this.open = new OpenScan(connection);
    this.detector = new DetectorView(connection);
    this.comparison = new Comparison(connection, this.queue);
    this.session = new Session(connection, this.queue, this.open);
    this.simulate = new Simulate(connection);
    this.explaining = new Explaining(connection);
    this.lookAlikes = new LookAlikesView(connection);
    this.train = new Train(connection);
    this.jobs = new Jobs(connection);
    this.habits = new Habits(preferences.remembered);
    this.notifier = new Notifier(connection, this.queue, this.habits, notify);
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

  overruleSelected(of: DefectClass | null): void {
    const scan = this.queue.selected;
    if (scan && of && !isJudged(scan)) return this.say(verdictText.judgement.none);
    if (scan) void this.session.overrule(scan.id, of, this.habits.observer);
  }

  /** Who draws the window where no graphics card does; null otherwise, and until it is known. */
  get software(): string | null {
    return this.#software;
  }

  foundRenderer(software: string | null): void {
    this.#software = software;
  }

  /** True from the first-run guide on until its end has been read. */
  get guiding(): boolean {
    return this.#guiding;
  }

  guide(on: boolean): void {
    this.#guiding = on;
  }

  /** What came of the last thing asked for, where nothing else shows it; empty where all went as usual. */
  get said(): string {
    return this.#said;
  }

  say(words: string): void {
    this.#said = words;
  }

  /** Hands dropped paths to the app: folders are watched, scans are judged. */
  async drop(paths: readonly string[]): Promise<void> {
    let scans = 0;
    for (const path of paths)
      await this.session.attempt(async () => {
        const dropped = await this.connection.call('files/drop', { path });
        if (dropped.is === 'folder') return this.say(shellText.drop.folder(dropped.path));
        this.say(shellText.drop.scans(++scans));
        const { folder } = this.session.watch ?? {};
        if (folder && !liesIn(folder)({ source: dropped.path })) this.queue.filters.set({ elsewhere: true });
        const known = this.queue.scans.find(({ source }) => source === dropped.path);
        if (known) this.session.select(known.id);
      });
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

  /** Pauses the training that runs, or goes on with the one that is paused. */
  pauseOrResume(): void {
    const { job } = this.train;
    const folder = job.resumable;
    if (job.running) void this.session.attempt(() => job.pause());
    else if (folder !== null) void this.session.attempt(() => this.train.resume(folder));
  }

  /** Saves the cuts as they are seen; the drawing of figures loads when the first is saved. */
  async saveSlices(format: PictureFormat): Promise<void> {
    const { volume, slices, preferences, title } = this;
    if (!this.#canSave(volume, slicesText.cuts)) return;
    const { scale, colourMap, limits, ends } = preferences;
    const { mode, crosshair } = slices;
    const range = rangeOf(limits, ends, scale, volume.sample(mode));
    const [{ slicesFigure }, { saveFigure }] = await Promise.all([
      import('@renderer/features/slices/slices-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    const window = slices.window.bind(slices);
    const figure = await slicesFigure({ title, volume, mode, crosshair, window, scale, range, colourMap });
    await saveFigure(figure, `${title} ${mode}`, format);
  }

  /** Saves the rocking curve. */
  async saveRocking(format: PictureFormat): Promise<void> {
    const { title } = this;
    const curve = this.open.detail?.rockingCurve;
    if (!this.#canSave(curve, figuresText.figures.rocking)) return;
    const [{ rockingFigure }, { saveFigure }] = await Promise.all([
      import('@renderer/features/figures/rocking-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    await saveFigure(rockingFigure(title, curve), `${title} rocking`, format);
  }

  /** Saves the surface as it is turned and coloured. */
  async saveSurface(format: PictureFormat): Promise<void> {
    const { figures, explaining, title } = this;
    const { volume } = this.open;
    if (!this.#canSave(volume, figuresText.figures.surface)) return;
    const [{ surfaceFigure }, { saveFigure }] = await Promise.all([
      import('@renderer/features/figures/surface-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    const { level, turning } = figures;
    const { rotation, zoom } = turning;
    const drops = explaining.onSurface ? explaining.drops : null;
    const figure = surfaceFigure({ title, volume, level, rotation, zoom, drops, opacity: explaining.opacity });
    await saveFigure(figure, `${title} surface`, format);
  }

  /** Saves the detector frame under the crosshair. */
  async saveDetector(format: PictureFormat): Promise<void> {
    const { title, preferences } = this;
    const { frame, faults } = this.detector;
    const awaited = this.open.volume !== null && !this.detector.problem;
    if (!this.#canSave(frame, figuresText.figures.detector, awaited)) return;
    const [{ detectorFigure }, { saveFigure }] = await Promise.all([
      import('@renderer/features/figures/detector-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    const { scale, ends, colourMap } = preferences;
    const figure = await detectorFigure({ title, frame, faults, scale, ends, colourMap });
    await saveFigure(figure, `${title} detector`, format);
  }

  /** Saves the figure beside the cuts that is shown. */
  saveFigureShown(format: PictureFormat): Promise<void> {
    const { shown } = this.figures;
    if (shown === 'surface') return this.saveSurface(format);
    return shown === 'detector' ? this.saveDetector(format) : this.saveRocking(format);
  }

  /** Says so where what is to be saved is not there, or not yet: a key that does nothing would be pressed in good faith. */
  #canSave<T>(seen: T, what: string, awaited = false): seen is NonNullable<T> {
    const there = seen !== null && seen !== undefined;
    const { loading } = this.preferences.view === 'simulate' ? this.simulate.preview : this.open;
    this.say(there ? '' : shellText.saving.unsaved(what, this.title, awaited || loading));
    return there;
  }

  /** What is looked at, as figures are headed. */
  get title(): string {
    if (this.preferences.view === 'simulate') return simulateText.pattern.label;
    const scan = this.queue.selected;
    return [scan?.scan, scan?.title].filter(Boolean).join(' ');
  }

  recentre(): void {
    if (this.volume) this.slices.recentre(this.volume.peak);
  }
}

/** The window's state, for any component below App. */
export const [useScreen, provideScreen] = createContext<Screen>();
