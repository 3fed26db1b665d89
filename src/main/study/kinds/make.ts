import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { createScatterer, type Scatterer } from '@core/scatter/nufft';
import { buildCrystal, viewCrystal } from '@main/dataset/crystal';
import { kindsOf as describe } from '@main/dataset/kinds';
import { measurePattern } from '@main/dataset/measured/measure';
import { planCrystal } from '@main/dataset/plan';
import { encodeNpy } from '@main/files/npy';
import { listScans, scanName, scanPath } from '../scan-list';
import { kindsOf, type Kind } from './kinds';

export interface KindsOptions {
  readonly perKind: number;
  readonly seed: number;
  /** Only kinds of these names. */
  readonly only?: readonly string[];
  readonly signal?: AbortSignal;
  onProgress?(done: number, of: number): void;
}

const SIDE = 64;
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

function makeScan(kind: Kind, n: number, index: number, scatterer: Scatterer): { volume: Float32Array; facts: object } {
  const { plan, crystal } = drawn(kind, n);
  const { recipe } = kind;
  if (!recipe.measured) throw new RangeError('a kind is of raw scans');
  const seen = { ...crystal, crystal: n, element: plan.element };
  const { intensity, facts } = measurePattern(recipe, recipe.measured, seen, 0, scatterer);
  const { label, hkl, strainRad, element } = plan;
  const about = { ...describe(plan, crystal), hkl, strainRad, element };
  return { volume: intensity, facts: { crystal: index, split: 'test', label, kind: kind.name, ...about, ...facts } };
}

/**
 * Makes a data set for `study kinds` and `evaluate`: raw frames of crystals of every kind, pushed through the whole reduction; goes on where a
 * killed run stopped. Never trained on: the seeds are those of this study. What the reduction refuses is taken again, as it would be.
 * @param outDir made with the same kinds each time
 * @returns how many there are
 */
export async function makeKinds(outDir: string, options: KindsOptions): Promise<number> {
  const { perKind, seed, signal, onProgress } = options;
  const kinds = kindsOf(seed).filter(({ name }) => options.only?.includes(name) ?? true);
  const scatterer = createScatterer();
  mkdirSync(join(outDir, 'scans'), { recursive: true });
  const total = perKind * kinds.length;
  // One of each kind after the other, so that a set that is not whole yet is one of fewer of each.
  for (let index = 0; index < total; index++) {
    await setImmediate();
    signal?.throwIfAborted();
    onProgress?.(index, total);
    if (existsSync(scanPath(outDir, index))) continue;
    const kind = kinds[index % kinds.length]!;
    const { volume, facts } = makeScan(kind, Math.floor(index / kinds.length), index, scatterer);
    const bytes = encodeNpy({ shape: [1, SIDE, SIDE, SIDE], data: volume });
    await writeFileAtomic(join(outDir, `patterns-${scanName(index)}.npy`), Buffer.from(bytes));
    await writeFileAtomic(scanPath(outDir, index), JSON.stringify({ ...facts, seed }));
  }
  return (await listScans(outDir, total)).reduced;
}
