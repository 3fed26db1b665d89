import type { Vec3 } from '@core/math/vector';
import type { Neighbours } from './neighbours';

/** Closed walks that disagree by this many bonds are a defect, not a bond read wrongly. */
const LEAST_BONDS = 8;

/** The one of the twelve nearest-neighbour vectors that a bond is closest to, in half cell edges: the smallest component is 0. */
function idealBond(x: number, y: number, z: number): readonly [number, number, number] {
  const [a, b, c] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (a <= b && a <= c) return [0, Math.sign(y), Math.sign(z)];
  if (b <= c) return [Math.sign(x), 0, Math.sign(z)];
  return [Math.sign(x), Math.sign(y), 0];
}

/**
 * Burgers vector enclosed by walks through good crystal alone: all Burgers circuits at once (F. C. Frank, Phil. Mag. 42 (1951) 809).
 * From one atom on, each is given the lattice site that the ideal bonds lead to. Around a dislocation the sites do not fit together: where
 * two walks meet they differ by b. A partial dislocation cannot be walked round without crossing its stacking fault, so it gives nothing.
 * @param good atoms with fcc surroundings; only they are walked on
 * @returns b in cell edges, its sign left open, or undefined where all walks close
 */
export function burgersCircuit(
  positions: Float64Array,
  good: Uint8Array,
  { start, list }: Neighbours,
): Vec3 | undefined {
  const atoms = good.length;
  const site = new Int32Array(3 * atoms);
  const seen = new Uint8Array(atoms);
  const queue = new Int32Array(atoms);
  const misfits = new Map<string, number>();
  const bond = (i: number, j: number): readonly [number, number, number] =>
    idealBond(
      positions[3 * j]! - positions[3 * i]!,
      positions[3 * j + 1]! - positions[3 * i + 1]!,
      positions[3 * j + 2]! - positions[3 * i + 2]!,
    );
  for (let seed = 0; seed < atoms; seed++) {
    if (seen[seed] || !good[seed]) continue;
    let [head, tail] = [0, 0];
    queue[tail++] = seed;
    seen[seed] = 1;
    while (head < tail) {
      const i = queue[head++]!;
      for (let n = start[i]!; n < start[i + 1]!; n++) {
        const j = list[n]!;
        if (!good[j]) continue;
        const [x, y, z] = bond(i, j);
        const to = [site[3 * i]! + x, site[3 * i + 1]! + y, site[3 * i + 2]! + z] as const;
        if (seen[j]) {
          const miss = [to[0] - site[3 * j]!, to[1] - site[3 * j + 1]!, to[2] - site[3 * j + 2]!] as const;
          // Each misfit is met from both sides, with both signs; one of them is counted.
          const sign = miss[0] || miss[1] || miss[2];
          if (sign > 0) misfits.set(miss.join(), (misfits.get(miss.join()) ?? 0) + 1);
          continue;
        }
        seen[j] = 1;
        site.set(to, 3 * j);
        queue[tail++] = j;
      }
    }
  }
  const [most] = [...misfits].sort((a, b) => b[1] - a[1]);
  if (!most || most[1] < LEAST_BONDS) return undefined;
  const [x, y, z] = most[0].split(',').map((c) => Number(c) / 2);
  return [x!, y!, z!];
}
