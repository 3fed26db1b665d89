/**
 * Which reflection to measure next. A dislocation with g.b = 0 hides from g; measured at two reflections, one hides only where both
 * products vanish, i.e. where b lies along g1 x g2. So two reflections that are not parallel leave at most one of the six <110>
 * directions unseen, and leave none exactly where g1 x g2 is no <110>: (111) with another {111} or with {200} always leaves one,
 * (111) with the {220} at right angles to it, g2.g1 = 0, leaves none (`(111) x (2-20)` is along <11-2>). Three reflections that do
 * not lie in one plane leave none, whatever they are.
 */
import { angleBetween, cross, dot, negate, norm, type Vec3 } from '@core/math/vector';
import { BURGERS, burgersName } from './visibility';

/** A further reflection, and what it would tell. */
export interface NextReflection {
  /** One of its kind; of g and -g the one nearer to the first, as both tell the same. */
  readonly hkl: Vec3;
  /** How many of the family stand at the same angle and leave as few, itself included. */
  readonly equivalents: number;
  /** Between the two Q vectors: how far the crystal has to be turned, whatever the detector does. 0 to 90. */
  readonly angleDeg: number;
  /** Burgers vectors that the first cannot see and this one can. */
  readonly reveals: readonly string[];
  /** Those that neither can. */
  readonly remaining: readonly string[];
}

/** Two further reflections that decide together. */
export interface NextPair {
  readonly hkl: readonly [Vec3, Vec3];
  /** Of each from the first. */
  readonly angleDeg: readonly [number, number];
  readonly remaining: readonly string[];
}

/** {111}, {200}, {220}: the brightest of fcc, at the smallest angles. */
const FAMILIES: readonly Vec3[] = [
  [1, 1, 1],
  [2, 0, 0],
  [2, 2, 0],
];

/** Every reflection of a cubic family, one of each opposite pair. */
export function membersOf([h, k, l]: Vec3): Vec3[] {
  const orders: Vec3[] = [
    [h, k, l],
    [h, l, k],
    [k, h, l],
    [k, l, h],
    [l, h, k],
    [l, k, h],
  ];
  const signs = [1, -1].flatMap((a) => [1, -1].flatMap((b) => [1, -1].map((c): Vec3 => [a, b, c])));
  // Adding 0 makes 0 of -0.
  const all = orders.flatMap((order) =>
    signs.map((s): Vec3 => [order[0] * s[0] + 0, order[1] * s[1] + 0, order[2] * s[2] + 0]),
  );
  const upper = all.filter((g) => (g.find((index) => index !== 0) ?? 0) > 0);
  return [...new Map(upper.map((g) => [g.join(), g])).values()];
}

const parallel = (a: Vec3, b: Vec3): boolean => norm(cross(a, b)) === 0;
const hidden = (...gs: readonly Vec3[]): string[] =>
  BURGERS.filter((b) => gs.every((g) => dot(g, b) === 0)).map(burgersName);

const candidates = (first: Vec3, families: readonly Vec3[]): Vec3[] =>
  families
    .flatMap(membersOf)
    .filter((g) => !parallel(g, first))
    .map((g) => (dot(g, first) < 0 ? negate(g) : g));

/**
 * Reflections that show what the first cannot, the best of each kind: those that leave the fewest Burgers vectors 1/2<110> unseen
 * first, among them those of low |G|, among them the nearest.
 * @param first Miller indices in the cubic cell. Which of its family it was called does not matter: angles are the same
 * @param families to choose among, a member of each
 * @returns none where the first sees every Burgers vector; only such as show at least one that it does not
 */
export function nextReflections(first: Vec3, families: readonly Vec3[] = FAMILIES): NextReflection[] {
  const unseen = hidden(first);
  if (norm(first) === 0) return [];
  const kinds = new Map<string, NextReflection>();
  for (const hkl of candidates(first, families)) {
    const remaining = hidden(first, hkl);
    if (remaining.length === unseen.length) continue;
    const angleDeg = angleBetween(first, hkl);
    const kind = [norm(hkl).toFixed(6), angleDeg.toFixed(6), remaining.length].join();
    const known = kinds.get(kind);
    const reveals = unseen.filter((b) => !remaining.includes(b));
    kinds.set(kind, {
      ...(known ?? { hkl, angleDeg, reveals, remaining }),
      equivalents: (known?.equivalents ?? 0) + 1,
    });
  }
  return [...kinds.values()].sort(
    (a, b) => a.remaining.length - b.remaining.length || norm(a.hkl) - norm(b.hkl) || a.angleDeg - b.angleDeg,
  );
}

/**
 * Two further reflections that together with the first leave the fewest Burgers vectors unseen, where no single one of
 * {@link nextReflections} does as well, or where both lie nearer to the direct beam than the best single one: two more {111} need no
 * other detector angle than the first.
 */
export function nextPair(first: Vec3, families: readonly Vec3[] = FAMILIES): NextPair | undefined {
  const [best] = nextReflections(first, families);
  if (!best) return undefined;
  const all = candidates(first, families);
  const cost = (pair: NextPair): readonly number[] => [
    pair.remaining.length,
    Math.max(...pair.hkl.map(norm)),
    pair.angleDeg[0] + pair.angleDeg[1],
  ];
  const before = (a: NextPair, b: NextPair): number => {
    const [x, y] = [cost(a), cost(b)];
    // Sums of the same angles in another order differ in their last digit.
    const n = x.findIndex((value, i) => Math.abs(value - y[i]!) > 1e-9);
    return n < 0 ? 0 : x[n]! - y[n]!;
  };
  const [pair] = all
    .flatMap((a, n) =>
      all.slice(n + 1).map((b): NextPair => ({
        hkl: [a, b],
        angleDeg: [angleBetween(first, a), angleBetween(first, b)],
        remaining: hidden(first, a, b),
      })),
    )
    .sort(before);
  if (!pair) return undefined;
  const fewer = pair.remaining.length < best.remaining.length;
  const nearer = pair.remaining.length === best.remaining.length && Math.max(...pair.hkl.map(norm)) < norm(best.hkl);
  return fewer || nearer ? pair : undefined;
}
