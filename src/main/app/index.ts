import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromProblem } from '@contract/errors';
import type { WatchState } from '@contract/app';
import { isOfModel } from '@main/beamtime/blame';
import { createAllAgain } from '@main/beamtime/all-again';
import { createDropped } from '@main/beamtime/dropped';
import { createPassedOver } from '@main/beamtime/passed-over';
import { createQueue } from '@main/beamtime/queue';
import { createRows } from '@main/beamtime/rows';
import { createScanSetup } from '@main/beamtime/scan-setup';
import { createScanWorker } from '@main/beamtime/scan-worker';
import { createTracker } from '@main/beamtime/tracker';
import { createWatching } from '@main/beamtime/watching';
import { createRoots } from '@main/files/roots';
import { removeLeftovers } from '@main/files/writing';
import { createBoard } from '@main/jobs/board';
import { createOrder } from '@main/jobs/order';
import { openLedger } from '@main/ledger/ledger';
import { takeHome } from '@main/ledger/owner';
import { AUTO_PRESET, createSettings } from '@main/ledger/settings';
import { createClassifier } from '@main/models/classifier';
import { firstModel } from '@main/models/model-choice';
import { inBackground } from '@main/process/report';
import { createAlerts } from './alerts';
import { createAskedFor } from './asked-for';
import { createBus } from './bus';
import { createPlayedDemo } from './demo';
import type { AppEvents } from './events';
import { createFolders } from './folders';
import { createHandlers } from './handlers';
import { createInfo } from './info';
import type { AppOptions, RunningApp } from './options';
import { subscribeTo } from './screens';

export type { AppOptions, RunningApp } from './options';

/**
 * Starts the app: opens the ledger, starts the child processes when they are first needed, watches the folder. Each part is given what
 * stands above it; what those above want to know of those below they are told by the bus, whose listeners are all listed in one place.
 */
export function createApp(options: AppOptions): RunningApp {
  const { launcher, home } = options;
  const bus = createBus<AppEvents>();

  // What is remembered, and what the screens are told of the app itself.
  const alerts = createAlerts((all) => bus.publish('alerts-changed', all));
  const board = createBoard((jobs) => bus.publish('jobs-changed', jobs));
  const order = createOrder();
  const releaseHome = takeHome(home, options.what ?? options.shell);
  removeLeftovers(home, undefined, /^ledger-/);
  const ledger = openLedger(join(home, 'ledger.sqlite'));
  for (const notice of ledger.notices) alerts.set(notice.code, notice);
  const settings = createSettings(ledger);
  const roots = createRoots(options.roots ?? []);
  let watched: WatchState = { folder: null, preset: AUTO_PRESET, problem: null };
  bus.on('watch-changed', (state) => (watched = state));
  const folders = createFolders(roots, () => watched.folder, {
    openAll: options.openFolders,
    pickFolder: options.pickFolder,
  });

  // The processes. Two for scan files, so that looking for new ones never waits for a long reduction; a third one is started where a
  // source takes long.
  const within = (): string[] => [...(watched.folder === null ? [] : [watched.folder]), ...(options.allowed ?? [])];
  const surveyor = createScanWorker(launcher, within);
  const patient = createScanWorker(launcher, within, { patient: true });
  const reducer = createScanWorker(launcher, within);
  const model = firstModel(settings, options.model);
  const classifier = createClassifier(launcher, model, options.engine, options.beside, {
    told: () => inBackground(info.announceModel(), 'model'),
  });
  const shell = {
    shell: options.shell,
    canPickFolder: options.pickFolder !== undefined,
    ...(options.openFolders && { canOpenFolders: true }),
    demo: options.demo !== undefined,
  };
  const info = createInfo(shell, classifier, alerts, (now) => bus.publish('info-changed', now));

  // From a folder to verdicts.
  const results = join(home, 'results');
  if (existsSync(results)) removeLeftovers(results);
  const rows = createRows(ledger, {
    changed: (summary) => bus.publish('scan-changed', summary),
    removed: (id) => bus.publish('scan-removed', { id }),
  });
  const setup = createScanSetup(settings, {
    preset: () => watched.preset,
    file: options.geometry,
    method: options.method,
  });
  const queue = createQueue({
    tools: { scans: reducer, classifier, volumes: results },
    rows,
    results,
    optionsFor: setup.optionsFor,
    placeOf: setup.placeOf,
    onLine: (line) => bus.publish('line-made', line),
    onTrouble: (problem) => bus.publish('judging-hindered', problem),
    onGivenUp: (ids) => allAgain.givenUp(ids),
    ...{ board, order },
  });
  const allAgain = createAllAgain({ rows, scans: surveyor, queue, results });
  bus.on('scan-changed', ({ id }) => allAgain.changed(id));
  const tracker = createTracker({
    ...{ scans: surveyor, patient, rows, queue, placeOf: setup.placeOf, roots: within },
    onLine: (line) => bus.publish('line-made', line),
  });
  const passedOver = createPassedOver(alerts.set);
  const watching = createWatching({
    memory: ledger,
    settings,
    async sweep(folder) {
      const found = await tracker.sweep(folder);
      if (watched.folder === folder) passedOver.tell(folder, found);
    },
    begun: (folder) => bus.publish('watch-begun', { folder }),
    survey: (folder, look) => board.run({ kind: 'survey', name: folder }, look, false),
    onChange: (state) => bus.publish('watch-changed', state),
  });
  const dropped = createDropped({
    roots,
    sweep: async (path) => passedOver.tell(path, await tracker.sweep(path)),
    watch: (folder) => watching.start(folder, watched.preset),
  });
  const demo = createPlayedDemo({ launcher, home, rows, board, watching, into: options.demo?.folder });

  // What is asked for beside: why, what is within, simulated sets, trained models.
  const { withVolume, explainer, insides, simulation, training, adapting } = createAskedFor({
    ...{ options, bus, board, order, ledger, settings, roots, folders, rows, setup, queue, classifier, model, info },
    ...{ results, within },
    scans: surveyor,
    watched: () => watched.folder,
  });

  // Who listens to what, beside the screens.
  bus.on('scan-changed', explainer.changed);
  bus.on('scan-changed', insides.changed);
  bus.on('watch-changed', insides.nudge);
  bus.on('simulation-changed', adapting.simulationChanged);
  bus.on('training-changed', adapting.trainingChanged);
  bus.on('watch-begun', ({ folder }) => {
    tracker.forget();
    queue.retryAll();
    demo.leave(folder);
  });
  bus.on('watch-changed', ({ folder }) => passedOver.leave(folder));
  bus.on('judging-hindered', (problem) => {
    // Of the model there is an alert of its own.
    alerts.set('judging', problem && !isOfModel(problem.code) ? fromProblem(problem) : undefined);
    inBackground(info.announceModel(), 'model');
  });
  bus.on('setup-changed', () => {
    tracker.forget();
    queue.retryAll();
    watching.nudge();
  });
  if (options.onLine) bus.on('line-made', options.onLine);

  const { handlers, forViewers } = createHandlers({
    ...{ rows, settings, setup, folders, queue, watching, dropped, demo },
    ...{ alerts, info, board, allAgain, simulation, explainer, insides, training, adapting, classifier, withVolume },
    scans: surveyor,
    summing: () => createScanWorker(launcher, within),
    desktop: options.desktop,
    changed: (what) => bus.publish('setup-changed', { what }),
  });

  // All is put together: what an earlier run left is taken up.
  const first = options.watch ?? watching.remembered();
  if (first) {
    watching.start(first.folder, first.preset ?? AUTO_PRESET).catch((error: unknown) => alerts.set('watch', error));
  }
  inBackground(info.announceModel(), 'model');

  return {
    rows,
    queue,
    resting: () => tracker.resting(),
    handlers,
    forViewers,
    playDemo: demo.play,
    subscribe: (emit) => subscribeTo(bus, emit),
    async close() {
      watching.close();
      demo.close();
      board.close();
      dropped.close();
      await Promise.all([simulation.close(), training.close(), adapting.close(), insides.close()]);
      explainer.close();
      allAgain.close();
      queue.close();
      surveyor.close();
      patient.close();
      reducer.close();
      classifier.close();
      await queue.idle();
      ledger.close();
      releaseHome();
    },
  };
}
