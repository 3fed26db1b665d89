import { spin, tilt } from '@core/augment/augment';
import { resample } from '@core/augment/resample';
import type { Mat3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import { decide, softmax } from '@core/verdict/probabilities';
import { SURE } from '@core/verdict/verdict';
import type { Engine } from '@main/engine/types';
import type { PatternSet } from '@main/learn/patterns';
import { mean } from './mean';

const SIDE = 64;
const VOXELS = SIDE ** 3;
const BATCH = 8;
/** How far the Q frame of a measured pattern could be off, degrees: a direct beam wrong by some pixels, or by a lot. */
export const TILTS_DEG = [1, 2, 5, 10] as const;

/** How often turned patterns get the verdict that they get as they are. */
export interface Stability {
  readonly patterns: number;
  /** Spins of each pattern. */
  readonly turns: number;
  /** Random spins about Q (Supplementary Fig. 14). */
  readonly spins: number;
  /** Patterns of which at least 99 in 100 spins keep the verdict. */
  readonly steady: number;
  /** The same of the patterns whose class has, as they are, the probability that a sure verdict needs; 0 where there are none. */
  readonly probable: { readonly patterns: number; readonly spins: number };
  /** Random tilts of Q off its axis, by so many degrees. */
  readonly tilts: readonly { readonly degrees: number; readonly share: number }[];
}

/** Share of `turns` of a pattern that get the class `own`. */
async function keeping(
  engine: Engine,
  temperature: number,
  volume: Float32Array,
  own: number,
  turns: readonly Mat3[],
): Promise<number> {
  let kept = 0;
  for (let from = 0; from < turns.length; from += BATCH) {
    const part = turns.slice(from, from + BATCH);
    const volumes = new Float32Array(part.length * VOXELS);
    part.forEach((turn, n) => resample(volume, SIDE, turn, [0, 0, 0], volumes.subarray(n * VOXELS, (n + 1) * VOXELS)));
    const logits = await engine.predict(volumes, part.length);
    const classes = logits.length / part.length;
    for (let n = 0; n < part.length; n++) {
      if (decide(softmax(logits.subarray(n * classes, (n + 1) * classes), temperature)) === own) kept++;
    }
  }
  return kept / turns.length;
}

/**
 * Turns some patterns of a set about Q and off it, and sees whether the verdict stays.
 * @param indices of the patterns to choose from, evenly
 * @param patterns to choose
 * @param turns spins of each; an eighth as many tilts by each angle
 * @param temperature of the model's calibration
 */
export async function measureStability(
  engine: Engine,
  set: PatternSet,
  indices: readonly number[],
  patterns: number,
  turns: number,
  temperature: number,
): Promise<Stability> {
  const step = Math.max(1, Math.floor(indices.length / patterns));
  const chosen = indices.filter((_, n) => n % step === 0).slice(0, patterns);
  const own: { class: number; probable: boolean }[] = [];
  for (const index of chosen) {
    const probabilities = softmax(await engine.predict(await set.read(index), 1), temperature);
    const named = decide(probabilities);
    own.push({ class: named, probable: probabilities[named]! >= SURE });
  }
  const shares = async (name: string, count: number, turn: (random: RandomStream) => Mat3): Promise<number[]> => {
    const kept: number[] = [];
    for (const [n, index] of chosen.entries()) {
      const random = stream(1, name, index);
      const drawn = Array.from({ length: count }, () => turn(random));
      kept.push(await keeping(engine, temperature, await set.read(index), own[n]!.class, drawn));
    }
    return kept;
  };
  const tilts = [];
  for (const degrees of TILTS_DEG) {
    const kept = await shares(`tilts ${degrees}`, Math.ceil(turns / 8), (r) => tilt(r, (degrees * Math.PI) / 180));
    tilts.push({ degrees, share: mean(kept) ?? 0 });
  }
  const kept = await shares('spins', turns, (random) => spin(random, random.uniform(0, 2 * Math.PI)));
  const probable = kept.filter((_, n) => own[n]!.probable);
  return {
    patterns: chosen.length,
    turns,
    spins: mean(kept) ?? 0,
    steady: kept.filter((share) => share >= 0.99).length,
    probable: { patterns: probable.length, spins: mean(probable) ?? 0 },
    tilts,
  };
}
