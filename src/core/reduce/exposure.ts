import { median } from '../math/median';

/** What a scan recorded of how its frames were exposed, one value per frame. */
export interface BeamList {
  /** How long each frame counted, or what stood in the beam. */
  readonly kind: 'time' | 'attenuation';
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** How the frames differ in exposure. */
export interface Exposure {
  /** What the counts of each frame are multiplied with to be those of one exposure; absent where nothing says that they differ. */
  readonly factors?: Float64Array;
  /** By what it was told: the counter, and what it was understood as. */
  readonly used: readonly string[];
  /** Counters that change, by the frames from which on, and say nothing that fits the counts. */
  readonly unclear: readonly { readonly name: string; readonly frames: readonly number[]; readonly step: number }[];
}

/** Values nearer to each other than this share are the same setting. */
const SAME = 0.02;
/** A step of the counts that is as announced lies within this much of it, in natural logarithms: the curve bends by as much between two frames. */
const FITS = 0.55;
/** Where the curve bends more, at a minimum between fringes, the meaning that is meant is off by this part of any other at the most. */
const CLEARLY = 0.7;
/** More settings than this are a reading that trembles, and no setting. */
const MOST_SETTINGS = 12;

/** What a value may mean: its part of the full exposure. */
interface Meaning {
  readonly said: string;
  readonly part: (value: number) => number;
}

const unchanged: Meaning = { said: 'the counts are corrected already', part: () => 1 };

function meanings({ kind }: BeamList, values: readonly number[]): Meaning[] {
  if (values.some((value) => !(value > 0))) return [unchanged];
  if (kind === 'time') return [{ said: 'time', part: (v) => v }];
  const most = Math.max(...values);
  return [
    unchanged,
    ...(most <= 1 ? [{ said: 'transmission', part: (v: number): number => v }] : []),
    ...(most > 1 && most <= 100 ? [{ said: 'transmission in percent', part: (v: number): number => v / 100 }] : []),
    ...(Math.min(...values) >= 1 ? [{ said: 'attenuation', part: (v: number): number => 1 / v }] : []),
  ];
}

/** How much the counts change from each frame to the next beyond how they change beside it, natural logarithms; by the later frame. */
function stepsAt(sums: ArrayLike<number>, order: readonly number[], changes: readonly number[]): number[] {
  const slope = (k: number): number | undefined => {
    const [a, b] = [order[k - 1], order[k]];
    return a === undefined || b === undefined ? undefined : Math.log((sums[b]! + 1) / (sums[a]! + 1));
  };
  return changes.map((k) => {
    const beside = [k - 1, k + 1].flatMap((at) => (changes.includes(at) ? [] : (slope(at) ?? [])));
    return (slope(k) ?? 0) - (beside.length > 0 ? beside.reduce((sum, each) => sum + each, 0) / beside.length : 0);
  });
}

/** Whether the monitor's counts follow a list: it stands behind the attenuator, or counted as long as the frames did. */
function isFollowed(
  monitor: ArrayLike<number> | undefined,
  order: readonly number[],
  part: (f: number) => number,
): boolean {
  if (!monitor) return false;
  const spread = (of: (f: number) => number): number => {
    const values = order.map(of).filter(Number.isFinite);
    const middle = median(values);
    return values.reduce((sum, value) => sum + Math.abs(value - middle), 0) / Math.max(1, values.length);
  };
  return spread((f) => Math.log(monitor[f]! / part(f))) < 0.5 * spread((f) => Math.log(monitor[f]!));
}

/** Places in the order at which a list goes over to another setting; none where it stays, or trembles. */
function changesOf(values: ArrayLike<number>, order: readonly number[]): number[] {
  const differs = (a: number, b: number): boolean => Math.abs(a - b) > SAME * Math.max(Math.abs(a), Math.abs(b));
  const changes = order.flatMap((f, k) => (k > 0 && differs(values[order[k - 1]!]!, values[f]!) ? [k] : []));
  return changes.length > MOST_SETTINGS ? [] : changes;
}

/** What a list's values mean by how the counts change with them; undefined where nothing that they can mean fits. */
function meaningOf(
  list: BeamList,
  order: readonly number[],
  changes: readonly number[],
  steps: readonly number[],
): Meaning | undefined {
  const values = order.map((f) => list.values[f]!);
  const judged = meanings(list, values).map((meaning) => {
    const told = changes.map((k) => Math.log(meaning.part(values[k]!) / meaning.part(values[k - 1]!)));
    const off = steps.reduce((sum, step, i) => sum + Math.abs(step - told[i]!), 0) / steps.length;
    return { meaning, off };
  });
  const best = judged.reduce((a, b) => (b.off < a.off ? b : a));
  const next = Math.min(...judged.filter((each) => each !== best).map(({ off }) => off));
  const fits = best.off <= FITS || (judged.length > 1 && best.off < CLEARLY * next);
  return fits || list.kind === 'time' ? best.meaning : undefined;
}

/**
 * How a scan's frames differ in exposure, by what it recorded of it. A counter is believed where the counts change with it as it says: of
 * what its values can mean, the one that fits is taken, also that the counts are corrected already.
 * @param sums counts of each frame, without hot pixels and pedestal
 * @param order frames that were measured, by their angles
 * @param monitor its counts, if the frames are divided by them
 */
export function exposureOf(
  lists: readonly BeamList[],
  sums: ArrayLike<number>,
  order: readonly number[],
  monitor?: ArrayLike<number>,
): Exposure {
  let factors: Float64Array | undefined;
  const used: string[] = [];
  const unclear: Exposure['unclear'][number][] = [];
  for (const list of lists) {
    const { name, values } = list;
    const changes = values.length < sums.length ? [] : changesOf(values, order);
    if (changes.length === 0) continue;
    const steps = stepsAt(sums, order, changes);
    const meaning = meaningOf(list, order, changes, steps);
    if (!meaning) {
      const largest = Math.max(...steps.map(Math.abs));
      unclear.push({ name, frames: changes.map((k) => order[k]!), step: Math.exp(largest) });
      continue;
    }
    const partOf = (f: number): number => meaning.part(values[f]!);
    if (meaning === unchanged || isFollowed(monitor, order, partOf)) continue;
    // The setting of most frames counts as the full exposure, so that most counts stay what they are.
    const usual = median(order.map(partOf));
    factors ??= new Float64Array(sums.length).fill(1);
    for (let f = 0; f < sums.length; f++) {
      const part = partOf(f);
      if (part > 0 && Number.isFinite(part)) factors[f]! *= usual / part;
    }
    used.push(`${name}, as ${meaning.said}`);
  }
  return { ...(factors && { factors }), used, unclear };
}
