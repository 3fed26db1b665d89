/** Atoms looked at: their median is then good to a tenth of the spread that strain makes. */
const SAMPLE = 300;
/** Farther than any metal's first neighbours, angstrom: 2.5 to 2.9 in the fcc ones, the second 3.5 to 4.1. */
const REACH = 4.5;
const NEIGHBOURS = 12;
// The second shell is sqrt(2) times as far as the first: halfway between them lies nothing in a crystal, and something at its defects.
const SHELL = 1.2;
/** Share of the atoms looked at that must have whole shells: a small crystal is mostly surface. */
const LEAST_WHOLE = 0.1;

/** Distances to the atoms within reach of one, ascending, angstrom. */
function distances(positions: Float64Array, atom: number): number[] {
  const [x, y, z] = [positions[3 * atom]!, positions[3 * atom + 1]!, positions[3 * atom + 2]!];
  const out: number[] = [];
  for (let n = 0; n < positions.length; n += 3) {
    const dx = positions[n]! - x;
    if (dx > REACH || dx < -REACH || n === 3 * atom) continue;
    const d = Math.hypot(dx, positions[n + 1]! - y, positions[n + 2]! - z);
    if (d <= REACH) out.push(d);
  }
  return out.sort((a, b) => a - b);
}

/**
 * The fcc cell edge of a crystal as it is, strained and relaxed, from its atoms alone: sqrt(2) times the mean distance of the twelve
 * nearest neighbours, the median over atoms that have twelve. Surfaces and dislocation cores, which do not, have no say.
 * @param positions 3N coordinates, angstrom
 * @returns angstrom; undefined where there is no fcc lattice to be seen
 */
export function measureLattice(positions: Float64Array): number | undefined {
  const atoms = positions.length / 3;
  const looked = Math.min(atoms, SAMPLE);
  const edges: number[] = [];
  for (let i = 0; i < looked; i++) {
    const near = distances(positions, Math.floor(((i + 0.5) * atoms) / looked));
    const shell = near.slice(0, NEIGHBOURS);
    const [first, last, next = Infinity] = [shell[0]!, shell[NEIGHBOURS - 1]!, near[NEIGHBOURS]];
    if (last <= SHELL * first && next >= SHELL * last) {
      edges.push((Math.SQRT2 * shell.reduce((sum, d) => sum + d, 0)) / NEIGHBOURS);
    }
  }
  if (edges.length < Math.max(1, LEAST_WHOLE * looked)) return undefined;
  return edges.sort((a, b) => a - b)[edges.length >> 1];
}
