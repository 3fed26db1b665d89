import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { simulatedPatternSchema, thumbnailEdge, type LookAlikes } from '@contract/look-alikes';
import { nearest, thumbnail } from '@core/verdict/look-alikes';
import { decodeNpz, encodeNpz } from '@main/files/npy';
import { sha256, type ModelCard } from './card';
import { readCapped } from './model';

/** Beside `model.onnx` and `card.json`. */
export const LOOK_ALIKES = 'look-alikes.npz';
/** How many are told. */
const TOLD = 5;
const LARGEST_FILE = 4 * 2 ** 20;
const LARGEST_INFLATED = 16 * 2 ** 20;

/** What the file says in words; the rest of it are arrays. */
const aboutSchema = z.strictObject({
  /** SHA-256 of the weights that made the features. */
  model: z.string(),
  /** Distance that 99 in 100 unseen patterns stay within of their nearest, and the share whose nearest is of their class. */
  usual: z.number().positive(),
  agreement: z.number().min(0).max(1),
  /** The data sets that they were chosen from: SHA-256 of their lists. */
  sets: z.array(z.strictObject({ name: z.string().max(200), sha256 })).max(1000),
  patterns: z.array(simulatedPatternSchema).min(1).max(2000),
});

/** Some patterns of a training set, as the network and as people see them. */
export interface LookAlikeSet extends z.infer<typeof aboutSchema> {
  /** patterns x features */
  readonly features: Float32Array;
  /** patterns x 3 x 32 x 32, see {@link thumbnail} */
  readonly thumbnails: Uint8Array;
}

/** As `look-alikes.npz`, which NumPy reads: `features`, `thumbnails`, and `about`, the bytes of a JSON document. */
export function encodeLookAlikes({ features, thumbnails, ...about }: LookAlikeSet): Uint8Array {
  const n = about.patterns.length;
  const words = new TextEncoder().encode(JSON.stringify(aboutSchema.parse(about)));
  return encodeNpz({
    features: { shape: [n, features.length / n], data: features },
    thumbnails: { shape: [n, 3, thumbnailEdge, thumbnailEdge], data: thumbnails },
    about: { shape: [words.length], data: words },
  });
}

function decode(bytes: Uint8Array, length: number): LookAlikeSet {
  const wanted = ['features', 'thumbnails', 'about'];
  const { features, thumbnails, about } = decodeNpz(bytes, (name) => wanted.includes(name), LARGEST_INFLATED);
  if (!(about?.data instanceof Uint8Array)) throw new RangeError('no words about the patterns');
  const words = aboutSchema.parse(JSON.parse(new TextDecoder().decode(about.data)));
  const n = words.patterns.length;
  if (!(features?.data instanceof Float32Array) || features.shape.join() !== [n, length].join())
    throw new RangeError(`the features are not ${n} x ${length}`);
  if (!features.data.every(Number.isFinite)) throw new RangeError('a feature is no number');
  if (
    !(thumbnails?.data instanceof Uint8Array) ||
    thumbnails.shape.join() !== [n, 3, thumbnailEdge, thumbnailEdge].join()
  )
    throw new RangeError(`the thumbnails are not ${n} x 3 x ${thumbnailEdge} x ${thumbnailEdge}`);
  return { ...words, features: features.data, thumbnails: thumbnails.data };
}

/**
 * Reads the look-alikes beside a model.
 * @returns undefined where its card lists none
 * @throws BraggwatchError look-alikes-invalid when they are missing, damaged, or not those that the card lists
 */
export async function readLookAlikes(folder: string, card: ModelCard): Promise<LookAlikeSet | undefined> {
  if (!card.lookAlikes || !card.familiarity) return undefined;
  const path = join(folder, LOOK_ALIKES);
  try {
    const bytes = await readCapped(path, LARGEST_FILE);
    if (createHash('sha256').update(bytes).digest('hex') !== card.lookAlikes.sha256)
      throw new RangeError('its SHA-256 is not the one in the card');
    const set = decode(bytes, card.familiarity.features.means[0]!.length);
    if (set.model !== card.sha256) throw new RangeError('it was made with other weights');
    return set;
  } catch (cause) {
    const why = cause instanceof z.ZodError ? 'it does not say what its patterns are' : (cause as Error).message;
    throw new BraggwatchError('look-alikes-invalid', `${path}: ${why}`, { cause });
  }
}

/**
 * The patterns nearest to a volume.
 * @param volume as the network got it
 * @param features what the output layer saw of it
 */
export function findLookAlikes(
  set: LookAlikeSet,
  familiarity: NonNullable<ModelCard['familiarity']>,
  volume: Float32Array,
  features: Float32Array,
): LookAlikes {
  const pixels = 3 * thumbnailEdge ** 2;
  return {
    model: set.model,
    among: set.patterns.length,
    agreement: set.agreement,
    scan: thumbnail(volume, thumbnailEdge),
    nearest: nearest(familiarity.features.precision, set.features, features, TOLD).map(({ index, distance }) => ({
      pattern: set.patterns[index]!,
      distance: distance / set.usual,
      thumbnail: set.thumbnails.slice(index * pixels, (index + 1) * pixels),
    })),
  };
}
