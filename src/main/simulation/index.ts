import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import type { PreviewRequest, SimulationState } from '@contract/simulation';
import type { Measured } from '@core/screening/measured';
import { parseRecipe, type Recipe } from '@main/dataset/recipe';
import type { Board } from '@main/jobs/board';
import type { Launcher } from '@main/process/launcher';
import { lookAtFolder, recipeIn } from './folder';
import { readDraft } from './issues';
import { createSimulationJob, type Run } from './job';
import { createPace, outlookOf } from './outlook';
import { createPreviewer, type PreviewOf } from './preview';
import { recipeLike } from './beamtime';
import { createRecipeShelf } from './recipes';
import { recipeRules } from './rules';

type Owned = Extract<keyof Handlers, `recipes/${string}` | `preview/${string}` | `simulation/${string}`>;

export interface SimulationTools {
  readonly launcher: Launcher;
  readonly run: Run;
  /** Folder of the user's own recipes. */
  readonly home: string;
  /** What the scans of this beamtime tell of their crystals. */
  measured(): readonly Measured[];
  /** A folder to write into, checked and with its links resolved. @throws BraggwatchError path-refused, folder-watched */
  writable(folder: string): string;
  pickFolder(): Promise<string | null>;
  /** What was under way is kept in a setting, so that it can be gone on with after a crash. */
  remembered(): string | undefined;
  remember(folder: string): void;
  onChange(state: SimulationState): void;
  readonly board: Pick<Board, 'run' | 'tell'>;
}

/** Everything behind the Simulate panel. */
export interface Simulation {
  readonly handlers: Pick<Handlers, Owned>;
  close(): Promise<void>;
}

function earlierIn(folder: string | undefined): Pick<SimulationState, 'folder' | 'name' | 'progress'> | undefined {
  const look = folder === undefined ? undefined : lookAtFolder(folder);
  if (look?.kind !== 'begun') return undefined;
  const { orientations = 1 } = recipeIn(look.folder) ?? {};
  const { crystals, ofCrystals } = look;
  const patterns = { patterns: crystals * orientations, ofPatterns: ofCrystals * orientations };
  return { folder: look.folder, name: look.name ?? '', progress: { crystals, ofCrystals, ...patterns, discarded: 0 } };
}

/** A screen may not name files to be opened: sets with potentials of the user's own are made by the command. */
function withoutFiles(recipe: Recipe): Recipe {
  if (!recipe.relaxation?.files) return recipe;
  throw new BraggwatchError('recipe-invalid', 'potential files are for braggwatch simulate');
}

export function createSimulation(tools: SimulationTools): Simulation {
  const shelf = createRecipeShelf(join(tools.home, 'recipes'), () => recipeLike(tools.measured()));
  const pace = createPace();
  const previewer = createPreviewer(tools.launcher, pace);
  const job = createSimulationJob({
    run: tools.run,
    earlier: earlierIn(tools.remembered()),
    board: tools.board,
    resume: (folder, workers) => resume(folder, workers),
    onChange: tools.onChange,
  });
  const begin = (recipe: Recipe, folder: string, workers: number): SimulationState => {
    const state = job.start(withoutFiles(recipe), folder, workers);
    tools.remember(folder);
    return state;
  };
  const resume = (folder: string, workers: number): SimulationState => {
    const path = tools.writable(folder);
    const recipe = recipeIn(path);
    if (!recipe) throw new BraggwatchError('dataset-invalid', path);
    return begin(recipe, path, workers);
  };
  const preview = ({ recipe, ...which }: PreviewRequest): PreviewOf => ({
    ...which,
    recipe: withoutFiles(parseRecipe(recipe)),
  });
  /** A preview among the jobs; cancelling it ends the process that makes it. */
  const listed = <T>(name: string, make: () => Promise<T>): Promise<T> =>
    tools.board.run({ kind: 'preview', name }, (signal) => {
      signal.addEventListener('abort', () => previewer.cancel());
      return make();
    });
  return {
    handlers: {
      'recipes/list': () => shelf.list(),
      'recipes/rules': () => recipeRules(),
      'recipes/check': ({ recipe }) => {
        const read = readDraft(recipe);
        return 'issues' in read
          ? { issues: read.issues, outlook: null }
          : { issues: [], outlook: outlookOf(read.recipe, pace) };
      },
      'recipes/save': ({ recipe }) => shelf.save(recipe),
      'recipes/remove': ({ id }) => shelf.remove(id),
      'preview/crystal': (request) => {
        const of = preview(request);
        if (of.relaxed && !of.recipe.relaxation) throw new BraggwatchError('recipe-invalid', 'it relaxes nothing');
        return listed(of.recipe.name, () => previewer.crystal(of));
      },
      'preview/pattern': (request) => {
        const of = preview(request);
        return listed(of.recipe.name, () => previewer.pattern(of));
      },
      'simulation/state': () => job.state(),
      'simulation/look': ({ folder, recipe }) => {
        const read = readDraft(recipe);
        return lookAtFolder(tools.writable(folder), 'recipe' in read ? read.recipe : undefined);
      },
      'simulation/start': ({ folder, recipe, workers }) => {
        const path = tools.writable(folder);
        const wanted = parseRecipe(recipe);
        const { kind, same, name } = lookAtFolder(path, wanted);
        if (kind === 'occupied') throw new BraggwatchError('folder-occupied', path);
        if (name !== null && !same) throw new BraggwatchError('dataset-differs', `${path}: ${name}`);
        return begin(wanted, path, workers);
      },
      'simulation/resume': ({ folder, workers }) => resume(folder, workers),
      'simulation/stop': () => job.stop(),
      'simulation/pick-folder': () => tools.pickFolder(),
    },
    async close() {
      previewer.close();
      await job.close();
    },
  };
}
