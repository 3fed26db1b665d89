import { basename, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Preset } from '@contract/geometry';
import type { SamplePosition } from '@contract/scan';
import { simulate } from '@main/dataset/simulate';
import { openLedger } from '@main/ledger/ledger';
import { toSummary } from '@main/ledger/row';
import { createBoard } from '@main/jobs/board';
import { createListing } from '@main/jobs/listing';
import { inBackground } from '@main/process/report';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import { createSimulation } from '@main/simulation';
import { createTraining, ownModels } from '@main/training';
import { createClassifier } from '@main/models/classifier';
import { decideEngine } from '@main/models/engine-choice';
import { createExplainer } from '@main/explain/explain';
import { createPlayedDemo } from './demo';
import { createDropped } from '@main/beamtime/dropped';
import { createHandlers } from './handlers';
import { createModelChoice, firstModel } from '@main/models/model-choice';
import { createNews } from './news';
import type { AppOptions, RunningApp } from './options';
import { createPassedOver } from '@main/beamtime/passed-over';
import { createQueue } from '@main/beamtime/queue';
import { createRoots, isWithin } from '@main/files/roots';
import { createRows } from '@main/beamtime/rows';
import { samplePosition } from '@main/beamtime/stage';
import { AUTO_PRESET, createSettings } from '@main/ledger/settings';
import { createTracker } from '@main/beamtime/tracker';
import { createWatching } from '@main/beamtime/watching';

export type { AppOptions, RunningApp } from './options';

/** Listing reads no frames; HDF5 can loop for ever over a damaged file. */
const LIST_TIMEOUT_MS = 30_000;
const READ_TIMEOUT_MS = 120_000;

/** Starts the app: opens the ledger, starts the child processes when they are first needed, watches the folder. */
export function createApp(options: AppOptions): RunningApp {
  const news = createNews({
    shell: options.shell,
    canPickFolder: options.pickFolder !== undefined,
    demo: options.demo !== undefined,
  });
  const { emit } = news;
  const board = createBoard((jobs) => emit('jobs-changed', jobs));
  const listing = createListing(board, () => handlers);
  const ledger = openLedger(join(options.home, 'ledger.sqlite'));
  for (const notice of ledger.notices) news.setAlert(notice.code, notice);
  const settings = createSettings(ledger);
  const roots = createRoots(options.roots ?? []);
  // Two processes for scan files, so that looking for news never waits for a long reduction.
  const surveyor = createWorker<ScanService>(options.launcher, 'scan-worker', { timeoutMs: LIST_TIMEOUT_MS });
  const reducer = createWorker<ScanService>(options.launcher, 'scan-worker', { timeoutMs: READ_TIMEOUT_MS });
  const classifier = createClassifier(
    options.launcher,
    firstModel(settings, options.model),
    options.engine,
    options.beside,
  );
  const rows = createRows(ledger, {
    changed(summary) {
      emit('scan-changed', summary);
      explainer.changed(summary);
    },
    removed: (id) => emit('scan-removed', { id }),
  });
  const explainer = createExplainer({
    classifier,
    find(id) {
      const row = rows.get(id);
      if (!row) throw new BraggwatchError('scan-not-found', id);
      return toSummary(row);
    },
    async volumeOf(id) {
      const nexus = rows.get(id)?.nexus;
      if (!nexus) throw new BraggwatchError('volume-missing', id);
      const { intensity } = await surveyor.call('volume', nexus);
      return new Float32Array(intensity.slice().buffer);
    },
    onChange(explanation) {
      emit('explanation-changed', explanation);
      listing.explanation(explanation, rows.get(explanation.id ?? '')?.name ?? '');
    },
  });
  const presetOf = (facts: ScanFacts): Preset =>
    settings.presetOf(
      (options.geometry ?? facts.geometry)?.preset ?? facts.geometry?.preset ?? watching.state().preset,
      facts,
    );
  const placeOf = (facts: ScanFacts): SamplePosition | undefined => {
    try {
      return samplePosition(facts, presetOf(facts));
    } catch {
      // No preset fits: the scan itself will say so when it is judged.
      return undefined;
    }
  };
  const queue = createQueue({
    tools: { scans: reducer, classifier },
    rows,
    results: join(options.home, 'results'),
    optionsFor(facts) {
      const file = options.geometry ?? facts.geometry;
      const preset = presetOf(facts);
      return { preset, answers: settings.answers(preset.name), file, method: options.method ?? 'linear', frame: 'q' };
    },
    placeOf,
    onLine: (line) => options.onLine?.(line),
    board,
  });
  const tracker = createTracker(surveyor, rows, queue, placeOf);
  const passedOver = createPassedOver(news.setAlert);

  const watching = createWatching({
    memory: ledger,
    settings,
    async sweep(folder) {
      const found = await tracker.sweep(folder);
      if (watching.state().folder === folder) passedOver.tell(folder, found);
    },
    begun(folder) {
      tracker.forget();
      queue.readmit();
      demo.leave(folder);
    },
    survey: (folder, look) => board.run({ kind: 'survey', name: folder }, look, false),
    onChange(watched) {
      passedOver.leave(watched.folder);
      emit('watch-changed', watched);
    },
  });
  const demo = createPlayedDemo({
    ...{ launcher: options.launcher, home: options.home, rows, board, watching },
    into: options.demo?.folder,
  });
  const isWatched = (folder: string): boolean => {
    const watched = watching.state().folder;
    return watched !== null && isWithin(watched, folder);
  };

  const writable = (folder: string): string => {
    const path = roots.resolveNew(folder);
    if (isWatched(path)) throw new BraggwatchError('folder-watched', path);
    return path;
  };
  const pickDataset = async (): Promise<string | null> => {
    const folder = (await options.pickFolder?.('dataset')) ?? null;
    if (folder !== null) roots.allow(folder);
    return folder;
  };
  const retryAll = (): void => {
    tracker.forget();
    queue.readmit();
    watching.nudge();
  };
  const simulation = createSimulation({
    launcher: options.launcher,
    run: (recipe, folder, run) => simulate(recipe, folder, { ...run, launcher: options.launcher }),
    home: options.home,
    writable,
    pickFolder: pickDataset,
    remembered: () => ledger.setting('simulation'),
    remember: (folder) => ledger.saveSetting('simulation', folder),
    board,
    onChange(simulated) {
      emit('simulation-changed', simulated);
      listing.simulation(simulated);
    },
  });

  const models = ownModels(options.home);
  roots.allow(models);
  const choice = createModelChoice(settings, classifier, firstModel(settings, options.model), async () => {
    await news.announceModel(classifier);
    // Scans that waited for a model.
    retryAll();
  });
  const training = createTraining({
    launcher: options.launcher,
    // Measured on a network that is always there: the one to be trained may have no model yet.
    engine: () => decideEngine(options.launcher, 'three-class', options.engine ?? 'auto', 'train'),
    home: models,
    readable: (folder) => roots.resolve(folder),
    writable,
    roots: () => roots.list(),
    hidden: isWatched,
    pickFolder: pickDataset,
    memory: ledger,
    choice: { ...choice, use: (id) => board.run({ kind: 'model', name: basename(id) }, () => choice.use(id), false) },
    onChange(trained) {
      emit('training-changed', trained);
      listing.training(trained);
    },
    onModels: (shelf) => emit('models-changed', shelf),
  });

  const dropped = createDropped({
    roots,
    sweep: async (path) => passedOver.tell(path, await tracker.sweep(path)),
    watch: (folder) => watching.start(folder, watching.state().preset),
  });

  const handlers = createHandlers({
    info: news.info,
    alerts: news.alerts,
    rows,
    settings,
    roots,
    scans: surveyor,
    queue,
    optionsOf({ preset: name }) {
      const preset = settings.presets().find((each) => each.name === name);
      if (!preset) throw new BraggwatchError('geometry-incomplete', `no beamline preset ${name}`);
      return { preset, answers: settings.answers(name), file: options.geometry };
    },
    simulation,
    explainer,
    training,
    dropped,
    desktop: options.desktop,
    classifier,
    watching,
    board,
    demo,
    pickFolder: options.pickFolder,
    retryAll,
  });
  // One that an earlier run left can be gone on with from the list, too.
  inBackground(
    Promise.resolve(simulation.handlers['simulation/state']()).then(listing.simulation),
    'former simulation',
  );

  const first = options.watch ?? watching.remembered();
  if (first)
    watching.start(first.folder, first.preset ?? AUTO_PRESET).catch((error: unknown) => news.setAlert('watch', error));
  inBackground(news.announceModel(classifier), 'model');

  return {
    rows,
    queue,
    handlers,
    playDemo: demo.play,
    subscribe: news.subscribe,
    async close() {
      await watching.close();
      demo.close();
      board.close();
      await dropped.close();
      await Promise.all([simulation.close(), training.close()]);
      explainer.close();
      queue.close();
      surveyor.close();
      reducer.close();
      classifier.close();
      await queue.idle();
      ledger.close();
    },
  };
}
