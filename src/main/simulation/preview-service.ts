import type { CrystalPreview, PatternPreview } from '@contract/simulation';
import { createScatterer } from '@core/scatter/nufft';
import { viewCrystal } from '@main/dataset/crystal';
import { makePattern } from '@main/dataset/pattern';
import type { Recipe } from '@main/dataset/recipe';
import { relaxingTools, type RelaxingTools } from '@main/dataset/relaxing';
import { atomsToShow } from './atoms';
import { build, factsOf, type Built } from './build';
import { createPreviewRelaxer, type Relaxed } from './preview-relaxer';
import { volumeOf } from './volume';

/** A result and the seconds it took, from which the front process learns this machine's pace. */
export interface Timed<T> {
  readonly value: T;
  readonly seconds: number;
}

async function timed<T>(run: () => T | Promise<T>): Promise<Timed<T>> {
  const begun = performance.now();
  return { value: await run(), seconds: (performance.now() - begun) / 1000 };
}

interface Kept {
  readonly key: string;
  readonly built: Built;
  relaxed?: Relaxed;
}

function show({ built, relaxed }: Pick<Kept, 'built' | 'relaxed'>): CrystalPreview {
  const { crystal, reference, shape, latticeAngstrom } = built;
  const positions = relaxed?.positions ?? crystal.positions;
  return {
    facts: factsOf(built),
    atoms: atomsToShow({ positions, reference, structure: relaxed?.structure, shape, latticeAngstrom }),
    relaxation: relaxed?.facts ?? null,
  };
}

/** What makes previews, in a process of its own: the crystal looked at is kept, for its pattern and its relaxation. */
export function createPreviewService(tools: RelaxingTools = relaxingTools) {
  const scatterer = createScatterer();
  const relaxer = createPreviewRelaxer(tools);
  let kept: Kept | undefined;
  const keep = (recipe: Recipe, crystal: number): Kept => {
    const key = JSON.stringify([recipe, crystal]);
    if (kept?.key === key) return kept;
    relaxer.cancel();
    kept = { key, built: build(recipe, crystal, tools) };
    return kept;
  };
  return {
    /** A recipe's crystal as built. */
    crystal: (recipe: Recipe, crystal: number): Promise<Timed<CrystalPreview>> =>
      timed(() => show({ built: keep(recipe, crystal).built })),
    /**
     * The crystal as LAMMPS relaxes it. Given up when another crystal is asked for.
     * @throws BraggwatchError engine-unavailable, potential-invalid, relaxation-failed, relaxer-died
     */
    relax: (recipe: Recipe, crystal: number): Promise<Timed<CrystalPreview>> =>
      timed(async () => {
        const entry = keep(recipe, crystal);
        entry.relaxed ??= await relaxer.relax(recipe, entry.built);
        return show(entry);
      }),
    /** First pattern of the crystal, as built or, after `relax`, as relaxed. */
    pattern: (recipe: Recipe, crystal: number, relaxed: boolean): Promise<Timed<PatternPreview & { atoms: number }>> =>
      timed(() => {
        const { built, relaxed: after } = keep(recipe, crystal);
        const { plan } = built;
        const positions = relaxed && after ? after.positions : built.crystal.positions;
        const seen = viewCrystal(recipe, plan, { ...built.crystal, positions });
        const scattering = { ...seen.crystal, crystal: plan.crystal, element: plan.element };
        const { intensity, facts } = makePattern(recipe, scattering, 0, scatterer, [0, 0, 0]);
        const { oversampling, exposure } = facts;
        const volume = volumeOf(built.crystal.g, intensity, facts);
        const { counts, background } = exposure;
        return { volume, oversampling, counts, background, atoms: positions.length / 3 };
      }),
  };
}

export type PreviewService = ReturnType<typeof createPreviewService>;
