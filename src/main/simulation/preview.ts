import { BraggwatchError } from '@contract/errors';
import type { CrystalPreview, PatternPreview } from '@contract/simulation';
import type { Recipe } from '@main/dataset/recipe';
import type { Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { Pace } from './outlook';
import type { PreviewService, Timed } from './preview-service';

/** Which crystal of which recipe. */
export interface PreviewOf {
  readonly recipe: Recipe;
  readonly crystal: number;
}

/** Makes previews in a process of its own. Each gives null once another crystal was asked for in between. */
export interface Previewer {
  crystal(of: PreviewOf): Promise<CrystalPreview | null>;
  pattern(of: PreviewOf): Promise<PatternPreview | null>;
  close(): void;
}

// Three million atoms take most of a minute on a slow core.
const TIMEOUT_MS = 300_000;

/** @param pace learns from each preview how fast this machine is */
export function createPreviewer(launcher: Launcher, pace: Pace): Previewer {
  const begin = (): Worker<PreviewService> =>
    createWorker<PreviewService>(launcher, 'simulate-worker', { timeoutMs: TIMEOUT_MS });
  let worker = begin();
  let wanted = '';
  let pending = 0;

  /** Whoever types changes the recipe faster than crystals are built: the process at an old one is ended, not waited for. */
  const want = (of: PreviewOf): string => {
    const key = JSON.stringify([of.recipe, of.crystal]);
    if (key !== wanted && pending > 0) {
      worker.close();
      worker = begin();
    }
    wanted = key;
    return key;
  };

  async function ask<T>(
    of: PreviewOf,
    run: (at: Worker<PreviewService>) => Promise<Timed<T>>,
  ): Promise<Timed<T> | null> {
    const key = want(of);
    const at = worker;
    pending++;
    try {
      const result = await run(at);
      return key === wanted ? result : null;
    } catch (error) {
      if (at !== worker && error instanceof BraggwatchError && error.code === 'worker-died') return null;
      throw error;
    } finally {
      pending--;
    }
  }

  return {
    async crystal(of) {
      const made = await ask(of, (at) => at.call('crystal', of.recipe, of.crystal));
      if (made) pace.learn('build', made.value.atoms.total, made.seconds);
      return made?.value ?? null;
    },
    async pattern(of) {
      const made = await ask(of, (at) => at.call('pattern', of.recipe, of.crystal, false));
      if (made) pace.learn('pattern', made.value.atoms, made.seconds);
      return made?.value.preview ?? null;
    },
    close: () => worker.close(),
  };
}
