import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { networkNameSchema, type ModelShelf, type TrainingState } from '@contract/training';
import type { EngineChoice } from '@main/engine/choice';
import { modelFolder } from '@main/engine/model';
import { trainingOptionsSchema } from '@main/learn/options';
import { readRecord } from '@main/learn/record';
import type { Board } from '@main/jobs/board';
import type { Order } from '@main/jobs/order';
import type { Launcher } from '@main/process/launcher';
import { rulesOf } from '@main/simulation/rules';
import { createChecker, type Places } from './check';
import { earlierIn, freeFolder } from './folder';
import { createTrainingJob } from './job';
import { listModels, readEntry } from './models';
import { findSets } from './sets';

type Owned = Extract<keyof Handlers, `training/${string}` | `models/${string}`>;

export interface TrainingTools extends Places {
  readonly launcher: Launcher;
  readonly order: Order;
  readonly board: Pick<Board, 'tell'>;
  engine(): Promise<EngineChoice>;
  /** Folder of the user's own models. */
  readonly home: string;
  /** Folders to look for data sets in, and those that are none of a screen's business. */
  roots(): string[];
  hidden(folder: string): boolean;
  pickFolder(): Promise<string | null>;
  /** What is kept in the ledger from one start to the next. */
  readonly memory: {
    setting(key: string): string | undefined;
    saveSetting(key: string, value: string): void;
  };
  /** Which model makes the verdicts, see `app/model-choice`. */
  readonly choice: {
    active(): string;
    previous(): string | null;
    use(id: string): Promise<void>;
  };
  onChange(state: TrainingState): void;
  onModels(shelf: ModelShelf): void;
}

/** Everything behind the Train panel. */
export interface Training {
  readonly handlers: Pick<Handlers, Owned>;
  close(): Promise<void>;
}

const foldersSchema = z.array(z.string());

export function createTraining(tools: TrainingTools): Training {
  const { memory, choice, readable, writable } = tools;
  const recall = (key: string): string[] => foldersSchema.safeParse(JSON.parse(memory.setting(key) ?? '[]')).data ?? [];
  const remember = (key: string, folder: string): void => {
    const known = recall(key);
    if (!known.includes(folder)) memory.saveSetting(key, JSON.stringify([...known, folder]));
  };

  const isOpen = (folder: string): boolean => {
    try {
      return readable(folder) === folder;
    } catch {
      return false;
    }
  };

  const shelf = async (): Promise<ModelShelf> => {
    const [active, previous] = [choice.active(), choice.previous()];
    // One given on the command line may lie anywhere.
    const others = [...recall('model folders'), modelFolder(active)];
    return { models: await listModels(tools.home, others), active, previous };
  };
  const checker = createChecker({
    ...{ readable, writable },
    // From the list only: a screen names no files to be opened.
    async beginning(id, network) {
      const entry = (await shelf()).models.find((model) => model.id === id);
      if (!entry || entry.unfinished || entry.network !== network) throw new BraggwatchError('model-missing', id);
      return id;
    },
  });
  const announce = async (): Promise<ModelShelf> => {
    const now = await shelf();
    tools.onModels(now);
    return now;
  };
  const job = createTrainingJob({
    launcher: tools.launcher,
    order: tools.order,
    board: tools.board,
    resume: (folder) => resume(folder),
    engine: () => tools.engine(),
    earlier: earlierIn(memory.setting('training')),
    onChange: tools.onChange,
    // A list that could not be made is asked for again.
    onEpoch: () => void announce().catch(() => undefined),
  });
  const begin = (work: Parameters<typeof job.start>[0]): TrainingState => {
    const state = job.start(work);
    memory.saveSetting('training', work.out);
    remember('model folders', work.out);
    for (const folder of [work.dataset].flat()) remember('data sets', folder);
    return state;
  };

  const resume = async (folder: string): Promise<TrainingState> => {
    const path = writable(folder);
    const record = await readRecord(path);
    if (!record) throw new BraggwatchError('training-missing', path);
    const { network, options, start } = record;
    const dataset = record.dataset.map(readable);
    return begin({ dataset, out: path, network, options, resume: true, ...(start !== undefined && { start }) });
  };

  return {
    handlers: {
      'training/state': () => job.state(),
      'training/form': async () => {
        const parents = recall('data sets').map(dirname).filter(isOpen);
        return {
          defaults: z.record(z.string(), z.json()).parse(trainingOptionsSchema.parse({})),
          rules: rulesOf(trainingOptionsSchema),
          sets: await findSets([...tools.roots(), ...parents], (folder) => tools.hidden(folder)),
          folders: {
            defects: freeFolder(tools.home, networkNameSchema.enum.defects),
            'three-class': freeFolder(tools.home, networkNameSchema.enum['three-class']),
            'two-class': freeFolder(tools.home, networkNameSchema.enum['two-class']),
          },
        };
      },
      'training/check': (request) => checker.check(request),
      'training/start': async (request) => begin(await checker.admit(request)),
      'training/resume': ({ folder }) => resume(folder),
      'training/pause': () => job.pause(),
      'training/finish': () => job.finish(),
      'training/pick-folder': () => tools.pickFolder(),
      'models/list': () => shelf(),
      'models/use': async ({ id }) => {
        // From the list only: a screen names no files to be opened.
        const entry = (await shelf()).models.find((model) => model.id === id);
        if (!entry || entry.unfinished) throw new BraggwatchError('model-missing', id);
        await choice.use(id);
        return announce();
      },
      'models/add': async ({ folder }) => {
        const path = readable(folder);
        if (!(await readEntry({ id: path, shipped: false }, path))) throw new BraggwatchError('model-missing', path);
        remember('model folders', path);
        return announce();
      },
    },
    close: () => job.close(),
  };
}

/** Makes the folder of the user's own models, so that links in its path can be followed. */
export function ownModels(home: string): string {
  const folder = join(home, 'models');
  mkdirSync(folder, { recursive: true });
  return folder;
}
