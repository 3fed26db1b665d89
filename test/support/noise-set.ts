import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream } from '@core/random/stream';
import { encodeNpy } from '@main/files/npy';

const LABELS = ['perfect', 'screw', 'edge'];
/** Of every six patterns four are to train on, one each to validate and test. */
const SPLITS = ['train', 'train', 'train', 'train', 'validation', 'test'];

export interface NoiseSet {
  readonly patterns?: number;
  readonly seed?: number;
  readonly name?: string;
  /** Parts of the patterns, over and over. */
  readonly splits?: readonly string[];
}

/** A whole data set of noise, to train on without hope. */
export function writeNoiseSet(
  folder: string,
  { patterns = 12, seed = 1, name = 'noise', splits = SPLITS }: NoiseSet = {},
): void {
  const random = stream(seed, 'job test');
  const data = Float32Array.from({ length: patterns * 64 ** 3 }, () => random.uniform());
  const lines = Array.from({ length: patterns }, (_, i) =>
    JSON.stringify({ crystal: i, label: LABELS[i % 3], split: splits[i % splits.length], oversampling: 2 + i / 10 }),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'patterns-0000.npy'), encodeNpy({ shape: [patterns, 64, 64, 64], data }));
  writeFileSync(join(folder, 'manifest.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify({ name, seed }));
}
