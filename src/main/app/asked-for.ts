import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { createAdapting, type Adapting } from '@main/adapting';
import { crystalsOf } from '@main/beamtime/crystals';
import type { Queue } from '@main/beamtime/queue';
import type { Rows } from '@main/beamtime/rows';
import type { ScanSetup } from '@main/beamtime/scan-setup';
import { simulate } from '@main/dataset/simulate';
import { createExplainer, type Explainer } from '@main/explain/explain';
import { isWithin, type Roots } from '@main/files/roots';
import { createInsides, type Insides } from '@main/inside/insides';
import type { Board } from '@main/jobs/board';
import type { Order } from '@main/jobs/order';
import type { Ledger } from '@main/ledger/ledger';
import { toSummary } from '@main/ledger/row';
import type { Settings } from '@main/ledger/settings';
import type { Classifier } from '@main/models/classifier';
import { decideEngine } from '@main/models/engine-choice';
import { createModelChoice } from '@main/models/model-choice';
import { createWorker, type Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { InsideService } from '@main/retrieval/service';
import { createSimulation, type Simulation } from '@main/simulation';
import { createTraining, ownModels, type Training } from '@main/training';
import type { Bus } from './bus';
import type { AppEvents } from './events';
import type { Folders } from './folders';
import type { Info } from './info';
import type { AppOptions } from './options';
import { createWithVolume, type WithVolume } from './with-volume';

const INSIDE_TIMEOUT_MS = 120_000;

/** What is asked for beside verdicts: why, what is within, simulated sets, trained models. */
export interface AskedFor {
  readonly withVolume: WithVolume;
  readonly explainer: Explainer;
  readonly insides: Insides;
  readonly simulation: Simulation;
  readonly training: Training;
  readonly adapting: Adapting;
}

export interface AskedForTools {
  readonly options: Pick<AppOptions, 'launcher' | 'home' | 'engine' | 'inside'>;
  readonly bus: Bus<AppEvents>;
  readonly board: Board;
  readonly order: Order;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly roots: Roots;
  readonly folders: Folders;
  readonly rows: Rows;
  readonly setup: ScanSetup;
  readonly queue: Pick<Queue, 'idle'>;
  /** The process that reads results. */
  readonly scans: Worker<ScanService>;
  readonly classifier: Classifier;
  /** The model that the app began with. */
  readonly model: string;
  readonly info: Info;
  /** Folder of the results. */
  readonly results: string;
  /** The folder that is watched; null where none is. */
  watched(): string | null;
  /** Folders in which scans' files may lead anywhere. */
  within(): string[];
}

/** Makes what is asked for beside verdicts. */
export function createAskedFor(tools: AskedForTools): AskedFor {
  const { options, bus, board, order, ledger, settings, roots, folders } = tools;
  const { rows, setup, queue, scans, classifier, model, info, results, watched, within } = tools;
  const { launcher, home } = options;
  const withVolume = createWithVolume(rows, scans, results);
  const explainer = createExplainer({
    ...{ classifier, order, board },
    find(id) {
      const row = rows.get(id);
      if (!row) throw new BraggwatchError('scan-not-found', id);
      return toSummary(row);
    },
    withVolume,
    onChange: (state) => bus.publish('occlusion-changed', state),
  });
  const insides = createInsides({
    worker: createWorker<InsideService>(launcher, 'inside-worker', {
      timeoutMs: INSIDE_TIMEOUT_MS,
      telling: () => ({ roots: within() }),
    }),
    ...{ order, board, rows, results },
    optionsFor: setup.optionsFor,
    byItself({ source }) {
      const folder = watched();
      return options.inside === 'by-itself' && folder !== null && isWithin(folder, source);
    },
    judged: () => queue.idle(),
    onChange: (state) => bus.publish('inside-changed', state),
  });
  const measured = () => crystalsOf(rows.all(), watched());
  const simulation = createSimulation({
    launcher,
    run: (recipe, folder, run) => simulate(recipe, folder, { ...run, launcher }),
    home,
    measured,
    writable: folders.writable,
    pickFolder: () => folders.pick('dataset'),
    remembered: () => ledger.setting('simulation'),
    remember: (folder) => ledger.saveSetting('simulation', folder),
    board,
    onChange: (state) => bus.publish('simulation-changed', state),
  });
  const models = ownModels(home);
  roots.allow(models);
  const choice = createModelChoice(settings, classifier, model, async () => {
    await info.announceModel();
    bus.publish('setup-changed', { what: 'model' });
  });
  const training = createTraining({
    ...{ launcher, order, board },
    // Measured on a network that is always there: the one to be trained may have no model yet.
    engine: () => decideEngine(launcher, 'three-class', options.engine ?? 'auto', 'train'),
    home: models,
    readable: (folder) => roots.resolve(folder),
    writable: folders.writable,
    roots: () => roots.list(),
    hidden: folders.isWatched,
    pickFolder: () => folders.pick('dataset'),
    memory: ledger,
    choice: { ...choice, use: (id) => board.run({ kind: 'model', name: basename(id) }, () => choice.use(id), false) },
    onChange: (state) => bus.publish('training-changed', state),
    onModels: (shelf) => bus.publish('models-changed', shelf),
  });
  const adapted = join(home, 'adapted');
  mkdirSync(adapted, { recursive: true });
  roots.allow(adapted);
  const adapting = createAdapting({
    ...{ launcher, board, measured, models, home: adapted },
    active: () => choice.active(),
    simulation: simulation.handlers,
    training: training.handlers,
    remembered: () => ledger.setting('adapting'),
    remember: (folder) => ledger.saveSetting('adapting', folder),
    onChange: (state) => bus.publish('adapting-changed', state),
  });
  return { withVolume, explainer, insides, simulation, training, adapting };
}
