/** Repeats of one reflection of one crystal, laid upon each other and summed; those that are unlike the others are left out. */
import { median } from '../math/median';
import type { Vec3 } from '../math/vector';
import { SIZE, type Cube } from '../reduce/target';
import { addMoved, displacementOf, spectrumOf, type Spectrum } from './register';
import { resampled } from './resample';

/** One repeat's reduced volume, 64^3, along the axes that all of them have; its own scale does not matter. */
export interface Repeat extends Cube {
  /** Edge of a voxel, 1/angstrom. */
  readonly voxel: number;
  /** Counts of its peak: what it weighs. */
  readonly counts: number;
}

/** What became of one repeat. */
export interface RepeatPart {
  /** Why it was left out; undefined where it was summed. */
  readonly left?: 'correlation' | 'voxel';
  /** With the sum of the others, or with the sum where it was left out; undefined where its voxel is another. */
  readonly correlation?: number;
  /** Where its pattern lies beside the sum's, voxels of the sum. */
  readonly shift?: Vec3;
}

export interface RepeatsSum extends Cube {
  readonly voxel: number;
  /** Of all that were summed, which `intensity` adds up to as far as all voxels were measured. */
  readonly counts: number;
  /** In the order given. */
  readonly parts: readonly RepeatPart[];
}

/** Why there is no sum: fewer than two are left, or no more than half of them agree. */
export interface RepeatsRefusal {
  readonly refused: 'too-few' | 'disagree';
  readonly parts: readonly RepeatPart[];
}

/** Voxels that differ by more than this part are not of one crystal scanned alike: they follow its size, and steps that are coarse. */
export const VOXELS_ALIKE = 0.1;
/**
 * Pearson's correlation of counts, voxel by voxel, below which a repeat is left out. Of counts, which the peak and its first fringes decide:
 * that of their square roots falls from 0.98 to 0.6 with the counts of one and the same crystal. Measured on simulated scans, docs/physics.md:
 * repeats 0.99 to 0.999, another dislocation 0.7 to 0.9, another crystal of that size 0.95 to 0.99.
 */
export const ALIKE = 0.98;

const ROUNDS = 5;
/** Voxels by which nobody moves any more. */
const AT_REST = 0.01;

interface Member extends Repeat {
  readonly at: number;
  readonly spectrum: Spectrum;
  shift: Vec3;
}

/**
 * Sums repeats on the voxel that is the median of theirs. Each is laid upon the sum of all others, to fractions of a voxel, until none moves;
 * the one least like the sum of the others is left out as long as it correlates with it below {@link ALIKE}. A voxel is as bright as those
 * say that measured it, and unmeasured where nobody did. The order in which they are given does not matter.
 * @param repeats of one reflection
 */
export function sumRepeats(repeats: readonly Repeat[]): RepeatsSum | RepeatsRefusal {
  const voxel = median(repeats.map((each) => each.voxel));
  const parts: RepeatPart[] = repeats.map(() => ({ left: 'voxel' }));
  let members = repeats.flatMap((repeat, at): Member[] =>
    Math.abs(repeat.voxel / voxel - 1) > VOXELS_ALIKE ? [] : [memberOf(repeat, at, voxel)],
  );
  const left: Member[] = [];
  let correlations: number[] = [];
  let aligned: Cube[] = [];
  while (members.length > 1) {
    register(members);
    aligned = members.map((member) => laid(member, voxel));
    correlations = correlationsWithOthers(members, aligned);
    const least = correlations.indexOf(Math.min(...correlations));
    if (correlations[least]! >= ALIKE) break;
    left.push(members[least]!);
    members = members.filter((_, n) => n !== least);
  }
  // Of one alone nobody can say that it is the one that is right.
  if (members.length < 2 || 2 * members.length <= repeats.length) {
    const all = [...members, ...left];
    if (all.length < 2) return { refused: 'too-few', parts };
    for (const member of all) parts[member.at] = { left: 'correlation' };
    return { refused: 'disagree', parts };
  }
  const sum = summed(members, aligned);
  members.forEach(({ at, shift }, n) => (parts[at] = { correlation: correlations[n]!, shift }));
  const whole = spectrumOf(sum.intensity);
  for (const member of left) {
    member.shift = displacementOf(member.spectrum, whole);
    const { intensity, mask } = laid(member, voxel);
    const alike = correlation(intensity, sum.intensity, (v) => mask[v] === 0 && sum.mask[v] === 0);
    parts[member.at] = { left: 'correlation', correlation: alike, shift: member.shift };
  }
  return { ...sum, voxel, counts: countsOf(members), parts };
}

const countsOf = (members: readonly Member[]): number => members.reduce((sum, { counts }) => sum + counts, 0);

/** On the voxel that all are summed on, in counts. */
function memberOf(repeat: Repeat, at: number, voxel: number): Member {
  const sum = repeat.intensity.reduce((all, each) => all + each, 0);
  const scale = sum > 0 ? repeat.counts / sum : 0;
  const own = { ...repeat, at, intensity: repeat.intensity.map((each) => scale * each), shift: [0, 0, 0] as Vec3 };
  const same = repeat.voxel === voxel ? own : resampled(own, { ratio: voxel / repeat.voxel, shift: [0, 0, 0] });
  return { ...own, spectrum: spectrumOf(same.intensity) };
}

/** A repeat where it lies upon the others; interpolated once from what it was. */
function laid({ intensity, mask, voxel: own, shift }: Member, voxel: number): Cube {
  const ratio = voxel / own;
  return resampled({ intensity, mask }, { ratio, shift: [shift[0] * ratio, shift[1] * ratio, shift[2] * ratio] });
}

/** Lays each upon the sum of the others, the brightest first, until none moves. On average they stay where they are. */
function register(members: readonly Member[]): void {
  const order = members.toSorted((a, b) => b.counts - a.counts);
  const total = new Float64Array(2 * SIZE ** 3);
  for (const { spectrum, shift } of order) addMoved(total, spectrum, shift);
  for (let round = 0; round < ROUNDS; round++) {
    let farthest = 0;
    for (const member of order) {
      addMoved(total, member.spectrum, member.shift, -1);
      const shift = displacementOf(member.spectrum, total);
      farthest = Math.max(farthest, Math.hypot(...shift.map((x, axis) => x - member.shift[axis]!)));
      member.shift = shift;
      addMoved(total, member.spectrum, shift);
    }
    if (farthest < AT_REST) break;
  }
  const all = countsOf(members);
  const mean = [0, 1, 2].map(
    (axis) => members.reduce((sum, { counts, shift }) => sum + counts * shift[axis]!, 0) / all,
  );
  for (const member of members) member.shift = member.shift.map((x, axis) => x - mean[axis]!) as unknown as Vec3;
}

/** What was measured in each voxel. */
interface Measured {
  readonly seen: Float64Array;
  /** Counts in all voxels of those that measured this one. */
  readonly weight: Float64Array;
  /** How many measured it. */
  readonly times: Uint16Array;
}

function measuredBy(members: readonly Member[], aligned: readonly Cube[]): Measured {
  const [seen, weight] = [new Float64Array(SIZE ** 3), new Float64Array(SIZE ** 3)];
  const times = new Uint16Array(SIZE ** 3);
  members.forEach(({ counts }, n) => {
    const { intensity, mask } = aligned[n]!;
    for (let v = 0; v < seen.length; v++) {
      if (mask[v] === 1) continue;
      seen[v]! += intensity[v]!;
      weight[v]! += counts;
      times[v]!++;
    }
  });
  return { seen, weight, times };
}

function summed(members: readonly Member[], aligned: readonly Cube[]): Cube {
  const { seen, weight, times } = measuredBy(members, aligned);
  const all = countsOf(members);
  const intensity = Float32Array.from(seen, (counts, v) =>
    // Where nobody measured, what each was filled with.
    times[v]! > 0 ? (counts * all) / weight[v]! : aligned.reduce((sum, cube) => sum + cube.intensity[v]!, 0),
  );
  return { intensity, mask: Uint8Array.from(times, (n) => (n > 0 ? 0 : 1)) };
}

/** Of each with the sum of the others. */
function correlationsWithOthers(members: readonly Member[], aligned: readonly Cube[]): number[] {
  const { seen, weight, times } = measuredBy(members, aligned);
  return members.map(({ counts }, n) => {
    const { intensity, mask } = aligned[n]!;
    const others = seen.map((all, v) => (all - intensity[v]!) / (weight[v]! - counts));
    return correlation(intensity, others, (v) => mask[v] === 0 && times[v]! > 1);
  });
}

/** Pearson's, over the voxels that were measured in both. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>, measured: (v: number) => boolean): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let v = 0; v < a.length; v++) {
    if (!measured(v)) continue;
    const [p, q] = [a[v]!, b[v]!];
    n++;
    x += p;
    y += q;
    xx += p * p;
    yy += q * q;
    xy += p * q;
  }
  const spread = (n * xx - x * x) * (n * yy - y * y);
  return spread > 0 ? (n * xy - x * y) / Math.sqrt(spread) : 0;
}
