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
  /** Classes of the patterns, over and over. */
  readonly labels?: readonly string[];
  /** What else a line says of its pattern. */
  readonly more?: (index: number) => object;
}

/** A whole data set of noise, to train on without hope. */
export function writeNoiseSet(
  folder: string,
  { patterns = 12, seed = 1, name = 'noise', splits = SPLITS, labels = LABELS, more = () => ({}) }: NoiseSet = {},
): void {
  const random = stream(seed, 'job test');
  const data = Float32Array.from({ length: patterns * 64 ** 3 }, () => random.uniform());
  const lines = Array.from({ length: patterns }, (_, i) =>
    JSON.stringify({
      crystal: i,
      label: labels[i % labels.length],
      split: splits[i % splits.length],
      oversampling: 2 + i / 10,
      ...more(i),
    }),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'patterns-0000.npy'), encodeNpy({ shape: [patterns, 64, 64, 64], data }));
  writeFileSync(join(folder, 'manifest.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify({ name, seed }));
}

export interface BegunSet {
  /** Shards that are there, and that there are to be. */
  readonly shards: number;
  readonly of: number;
  /** Of each shard. */
  readonly patterns: number;
  /** With the lists that a whole set has. */
  readonly listed?: boolean;
}

/** A set as `simulate` leaves it while it is being made: shards with their records; its lists come last. */
export function writeBegunSet(folder: string, { shards, of, patterns, listed = false }: BegunSet): void {
  mkdirSync(join(folder, 'shards'), { recursive: true });
  const all: string[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const random = stream(shard, 'begun set');
    const data = Float32Array.from({ length: patterns * 64 ** 3 }, () => random.uniform());
    const file = `patterns-${String(shard).padStart(4, '0')}.npy`;
    const bytes = encodeNpy({ shape: [patterns, 64, 64, 64], data });
    writeFileSync(join(folder, file), bytes);
    const manifest = Array.from({ length: patterns }, (_, i) => ({
      crystal: shard * patterns + i,
      label: LABELS[i % LABELS.length],
      split: SPLITS[i % SPLITS.length],
      oversampling: 3,
    }));
    const record = {
      ...{ shard, patterns: { file, bytes: bytes.length, sha256: '0'.repeat(64) }, manifest },
      crystals: manifest.map(({ crystal }) => ({ crystal })),
      discarded: [],
      seconds: { build: 0, relax: 0, scatter: 0, write: 0 },
      time: [0, 1],
    };
    writeFileSync(join(folder, 'shards', `${String(shard).padStart(4, '0')}.json`), JSON.stringify(record));
    all.push(...manifest.map((line) => JSON.stringify(line)));
  }
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify({ name: 'begun', seed: 9, crystals: of * patterns }));
  if (!listed) return;
  const crystals = all.map((line) => JSON.stringify({ crystal: (JSON.parse(line) as { crystal: number }).crystal }));
  writeFileSync(join(folder, 'manifest.jsonl'), `${all.join('\n')}\n`);
  writeFileSync(join(folder, 'crystals.jsonl'), `${crystals.join('\n')}\n`);
}
