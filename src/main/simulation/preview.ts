import type { CrystalPreview, PatternPreview } from '@contract/simulation';
import type { Recipe } from '@main/dataset/recipe';
import type { Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { Pace } from './outlook';
import type { PreviewService, Timed } from './preview-service';

/** Which crystal of which recipe, as built or as relaxed. */
export interface PreviewOf {
  readonly recipe: Recipe;
  readonly crystal: number;
  readonly relaxed: boolean;
}

/** Makes previews in a process of its own. Each gives null once another crystal was asked for in between. */
export interface Previewer {
  crystal(of: PreviewOf): Promise<CrystalPreview | null>;
  pattern(of: PreviewOf): Promise<PatternPreview | null>;
  /** Gives up what is being made. */
  cancel(): void;
  close(): void;
}

// LAMMPS takes minutes over a million atoms on a slow core.
const TIMEOUT_MS = 3_600_000;

/** @param pace learns from each preview how fast this machine is */
export function createPreviewer(launcher: Launcher, pace: Pace): Previewer {
  const begin = (): Worker<PreviewService> =>
    createWorker<PreviewService>(launcher, 'simulate-worker', { timeoutMs: TIMEOUT_MS });
  let worker = begin();
  let wanted = '';
  /** Calls that keep the process from listening; while LAMMPS relaxes, it listens and gives up by itself. */
  let busy = 0;

  /** Whoever types changes the recipe faster than crystals are built: the process at an old one is ended, not waited for. */
  const want = ({ recipe, crystal }: PreviewOf): string => {
    const key = JSON.stringify([recipe, crystal]);
    if (key !== wanted && busy > 0) {
      worker.close();
      worker = begin();
    }
    wanted = key;
    return key;
  };

  async function ask<T>(
    of: PreviewOf,
    listens: boolean,
    run: (at: Worker<PreviewService>) => Promise<Timed<T>>,
  ): Promise<Timed<T> | null> {
    const key = want(of);
    if (!listens) busy++;
    try {
      const result = await run(worker);
      return key === wanted ? result : null;
    } catch (error) {
      if (key !== wanted) return null;
      throw error;
    } finally {
      if (!listens) busy--;
    }
  }

  return {
    async crystal(of) {
      const { recipe, crystal, relaxed } = of;
      const made = await ask(of, relaxed, (at) => at.call(relaxed ? 'relax' : 'crystal', recipe, crystal));
      const seconds = made?.value.relaxation?.seconds;
      if (made && seconds !== undefined) pace.learn('relax', made.value.atoms.total, seconds);
      else if (made) pace.learn('build', made.value.atoms.total, made.seconds);
      return made?.value ?? null;
    },
    async pattern(of) {
      const made = await ask(of, false, (at) => at.call('pattern', of.recipe, of.crystal, of.relaxed));
      if (!made) return null;
      const { atoms, ...preview } = made.value;
      pace.learn('pattern', atoms, made.seconds);
      return preview;
    },
    cancel() {
      wanted = '';
      worker.close();
      worker = begin();
    },
    close: () => worker.close(),
  };
}
