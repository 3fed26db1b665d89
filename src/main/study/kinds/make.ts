import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { printedInside, type PrintedInside } from '@contract/printed-inside';
import { SIZE } from '@core/reduce/target';
import { createScatterer, type Scatterer } from '@core/scatter/nufft';
import { buildCrystal, viewCrystal } from '@main/dataset/crystal';
import { kindsOf as describe } from '@main/dataset/kinds';
import { measurePattern, type MeasuredPattern } from '@main/dataset/measured/measure';
import { planCrystal } from '@main/dataset/plan';
import { encodeNpy } from '@main/files/npy';
import { inputOf } from '@main/retrieval/input';
import { look, opinionOf, SEED } from '@main/retrieval/look';
import { createStarter, type Starter } from '@main/retrieval/threads';
import { listScans, recordOf, scanName, scanPath } from '../scan-list';
import type { Kind } from './kinds';

export interface KindsOptions {
  readonly perKind: number;
  /** Starts of a phase retrieval of each scan; none is made when left out. */
  readonly inside?: number;
  readonly signal?: AbortSignal;
  onProgress?(done: number, of: number): void;
}

/** Crystals drawn for one that is of the kind. */
const MOST_DRAWN = 200;

/** The `n`-th crystal of a kind, as its reflection shows it. */
function drawn({ recipe, classes, wanted }: Kind, n: number) {
  const assignment = { defect: classes[n % classes.length]!, split: 'test' } as const;
  for (let attempt = 0; ; attempt++) {
    const plan = planCrystal(recipe, n, assignment, attempt);
    const crystal = buildCrystal(recipe.seed, plan);
    if (!wanted || wanted(plan, crystal)) return viewCrystal(recipe, plan, crystal);
    if (attempt === MOST_DRAWN) throw new RangeError(`none of ${MOST_DRAWN} crystals is of this kind`);
  }
}

/** @param unblurred see `measurePattern` */
function makeScan(kind: Kind, n: number, index: number, scatterer: Scatterer, unblurred?: number) {
  const { plan, crystal } = drawn(kind, n);
  const { recipe } = kind;
  if (!recipe.measured) throw new RangeError('a kind is of raw scans');
  const seen = { ...crystal, crystal: n, element: plan.element };
  const { intensity, facts, record } = measurePattern(recipe, recipe.measured, seen, 0, scatterer, unblurred);
  const { label, hkl, strainRad, element } = plan;
  const about = { ...describe(plan, crystal), hkl, strainRad, element };
  return {
    ...{ volume: intensity, record },
    facts: { crystal: index, split: 'test', label, kind: kind.name, ...about, ...facts },
  };
}

async function lookInto(record: MeasuredPattern['record'], starter: Starter, starts: number): Promise<PrintedInside> {
  const input = inputOf(record);
  return printedInside(opinionOf(await look(input, starter, { starts, seed: SEED }), input));
}

/**
 * Makes a data set for `study kinds` and `evaluate`: raw frames of crystals of every kind, pushed through the whole reduction; goes on where a
 * killed run stopped. Never trained on: the seeds are those of the kinds. What the reduction refuses is taken again, as it would be. A set that
 * was made without phase retrieval is made again for it, to the same scans.
 * @param outDir made with the same kinds each time
 * @returns how many there are
 */
export async function makeKinds(outDir: string, kinds: readonly Kind[], options: KindsOptions): Promise<number> {
  const { perKind, inside, signal, onProgress } = options;
  const scatterer = createScatterer();
  const starter = inside === undefined ? undefined : createStarter(availableParallelism());
  mkdirSync(join(outDir, 'scans'), { recursive: true });
  const total = perKind * kinds.length;
  const isMade = (path: string): boolean =>
    existsSync(path) && (!starter || recordOf(readFileSync(path, 'utf8')).inside !== undefined);
  try {
    // One of each kind after the other, so that a set that is not whole yet is one of fewer of each.
    for (let index = 0; index < total; index++) {
      await setImmediate();
      signal?.throwIfAborted();
      onProgress?.(index, total);
      const path = scanPath(outDir, index);
      if (isMade(path)) continue;
      const kind = kinds[index % kinds.length]!;
      const n = Math.floor(index / kinds.length);
      const { volume, facts, record } = makeScan(kind, n, index, scatterer, starter && SIZE);
      const found = starter && { inside: await lookInto(record, starter, inside!) };
      const bytes = encodeNpy({ shape: [1, SIZE, SIZE, SIZE], data: volume });
      await writeFileAtomic(join(outDir, `patterns-${scanName(index)}.npy`), Buffer.from(bytes));
      await writeFileAtomic(path, JSON.stringify({ ...facts, ...found, seed: kind.recipe.seed }));
    }
  } finally {
    starter?.close();
  }
  return (await listScans(outDir, total)).reduced;
}
