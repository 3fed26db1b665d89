/** Atoms sorted into cubic boxes, so that those near a place are found without looking at all. */
export interface NeighbourBoxes {
  /** Calls back with every atom nearer to atom `i` than the boxes' edge, itself left out. */
  each(i: number, visit: (j: number) => void): void;
}

/**
 * @param positions 3N coordinates
 * @param reach edge of a box and farthest neighbour, in the same unit
 */
export function neighbourBoxes(positions: Float64Array, reach: number): NeighbourBoxes {
  const atoms = positions.length / 3;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3]!, positions[i]!);
    high[i % 3] = Math.max(high[i % 3]!, positions[i]!);
  }
  const [nx, ny, nz] = low.map((from, a) => Math.floor((high[a]! - from) / reach) + 1) as [number, number, number];
  const boxOf = (i: number, axis: number): number => Math.floor((positions[3 * i + axis]! - low[axis]!) / reach);
  // Counting sort: the atoms of box b stand in order[start[b]] to order[start[b + 1]].
  const start = new Int32Array(nx * ny * nz + 1);
  const box = Int32Array.from({ length: atoms }, (_, i) => (boxOf(i, 0) * ny + boxOf(i, 1)) * nz + boxOf(i, 2));
  for (const b of box) start[b + 1]!++;
  for (let b = 0; b < nx * ny * nz; b++) start[b + 1]! += start[b]!;
  const order = new Int32Array(atoms);
  const filled = start.slice();
  box.forEach((b, i) => (order[filled[b]!++] = i));

  return {
    each(i, visit) {
      const [x, y, z] = [positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!];
      const [bx, by, bz] = [boxOf(i, 0), boxOf(i, 1), boxOf(i, 2)];
      for (let p = Math.max(0, bx - 1); p <= Math.min(nx - 1, bx + 1); p++) {
        for (let q = Math.max(0, by - 1); q <= Math.min(ny - 1, by + 1); q++) {
          // Boxes along the last axis stand one after another.
          const row = (p * ny + q) * nz;
          const end = start[row + Math.min(nz - 1, bz + 1) + 1]!;
          for (let o = start[row + Math.max(0, bz - 1)]!; o < end; o++) {
            const j = order[o]!;
            if (j === i) continue;
            const dx = positions[3 * j]! - x;
            const dy = positions[3 * j + 1]! - y;
            const dz = positions[3 * j + 2]! - z;
            if (dx * dx + dy * dy + dz * dz < reach * reach) visit(j);
          }
        }
      }
    },
  };
}
