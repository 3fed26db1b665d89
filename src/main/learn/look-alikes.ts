import { thumbnailEdge, type SimulatedPattern } from '@contract/look-alikes';
import { classOf } from '@core/network/description';
import { nearest, thumbnail } from '@core/verdict/look-alikes';
import { quantile, type Familiarity } from '@core/verdict/novelty';
import type { LookAlikeSet } from '@main/engine/look-alikes';
import type { Engine } from '@main/engine/types';
import { choosePatterns, spreadOver, type Candidate } from './choose';
import { conditionsOf } from './conditions';
import type { OpenedSets } from './join';
import { countsOf } from './known';
import { hashLists } from './lists';
import { indicesOf, truthOf, type PatternEntry } from './patterns';

/** Enough to have every kind of pattern at several depths; few enough for the file to stay well below a megabyte. */
const CHOSEN = 240;
/** Unseen patterns that the usual distance is measured on. */
const UNSEEN = 240;
/** One in a hundred unseen patterns is farther from its nearest. */
const SHARE = 0.99;
const BATCH = 8;
const VOXELS = 64 ** 3;

/** What the network sees of patterns, patterns x features; each pattern is shown to `look` on the way. */
async function featuresOf(
  engine: Engine,
  patterns: OpenedSets,
  indices: readonly number[],
  look: (pattern: Float32Array, n: number) => void = () => undefined,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for (let from = 0; from < indices.length; from += BATCH) {
    const chunk = indices.slice(from, from + BATCH);
    const volumes = new Float32Array(chunk.length * VOXELS);
    for (const [n, index] of chunk.entries()) {
      const pattern = await patterns.read(index);
      volumes.set(pattern, n * VOXELS);
      look(pattern, from + n);
    }
    const { features } = await engine.portray(
      volumes,
      chunk.length,
      chunk.map((index) => patterns.entries[index]!.family),
    );
    if (!features) throw new RangeError('the model gives no features');
    parts.push(features);
  }
  const length = parts[0]!.length / Math.min(BATCH, indices.length);
  const all = new Float32Array(indices.length * length);
  parts.forEach((part, n) => all.set(part, n * BATCH * length));
  return all;
}

const rounded = (value: number | undefined, digits: number): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(digits));

function describe({ entry, conditions }: Candidate, set: string, line: number): SimulatedPattern {
  const { element, hkl, sizeAngstrom, lateralNm, dislocation, depth, strainRad } = conditions;
  const known = {
    element,
    hkl,
    sizeNm: rounded(lateralNm ?? (sizeAngstrom === undefined ? undefined : sizeAngstrom / 10), 4),
    placement: dislocation?.placement,
    depth: rounded(depth, 3),
    strainRad: rounded(strainRad, 3),
    counts: rounded(countsOf(conditions), 4),
  };
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return {
    class: entry.label,
    set,
    line,
    crystal: conditions.crystal ?? entry.crystal,
    ...given,
    oversampling: rounded(conditions.oversampling, 4)!,
  };
}

/** How far unseen patterns are from the nearest of those chosen, and how often that is of their own class. */
async function measureUsual(
  engine: Engine,
  patterns: OpenedSets,
  { features }: Familiarity,
  chosen: { readonly features: Float32Array; readonly labels: readonly PatternEntry['label'][] },
  classes: readonly string[],
): Promise<Pick<LookAlikeSet, 'usual' | 'agreement'>> {
  const unseen = spreadOver(indicesOf(patterns, 'validation', classes), UNSEEN);
  const seen = await featuresOf(engine, patterns, unseen);
  const length = features.means[0]!.length;
  const found = unseen.map((index, n) => {
    const [first] = nearest(features.precision, chosen.features, seen.subarray(n * length, (n + 1) * length), 1);
    const own = truthOf(patterns, index, classes);
    return { distance: first!.distance, same: classOf(chosen.labels[first!.index]!, classes) === own };
  });
  const usual = quantile(
    found.map(({ distance }) => distance),
    SHARE,
  );
  return {
    // Sets of equals have no distances; any number above 0 leaves the order as it is.
    usual: Number(Math.max(usual, 1e-6).toPrecision(6)),
    agreement: Number((found.filter(({ same }) => same).length / found.length).toPrecision(4)),
  };
}

/** Every pattern with how it came about, in the sets' order. */
function candidatesOf(patterns: OpenedSets): {
  readonly all: Candidate[];
  readonly sets: LookAlikeSet['sets'];
} {
  const conditions = conditionsOf(patterns);
  const sets = patterns.origins.map(({ folder, name, made }) => ({ name, sha256: hashLists(folder, made?.shards) }));
  const all = patterns.entries.map((entry, index) => ({ index, entry, conditions: conditions[index]! }));
  return { all, sets };
}

/**
 * Chooses patterns of the training part to show beside scans, and measures how far from them an unseen pattern usually is.
 * @param model SHA-256 of the engine's weights
 * @throws BraggwatchError dataset-invalid
 */
export async function makeLookAlikes(
  engine: Engine,
  patterns: OpenedSets,
  familiarity: Familiarity,
  model: string,
  classes: readonly string[],
): Promise<LookAlikeSet> {
  const { all, sets } = candidatesOf(patterns);
  const chosen = choosePatterns(
    all.filter(({ entry }) => entry.split === 'train' && classOf(entry.label, classes) !== undefined),
    CHOSEN,
  );
  const pictures: Uint8Array[] = [];
  const features = await featuresOf(
    engine,
    patterns,
    chosen.map(({ index }) => index),
    (pattern, n) => (pictures[n] = thumbnail(pattern, thumbnailEdge)),
  );
  const labels = chosen.map(({ entry }) => entry.label);
  return {
    model,
    sets,
    ...(await measureUsual(engine, patterns, familiarity, { features, labels }, classes)),
    patterns: chosen.map((candidate) => {
      const [set, line] = patterns.placeOf(candidate.index);
      return describe(candidate, patterns.origins[set]!.name, line);
    }),
    features,
    thumbnails: Uint8Array.from(pictures.flatMap((picture) => [...picture])),
  };
}
