/** Who is near whom: the neighbours of atom i are `list[start[i]]` to `list[start[i + 1] - 1]`. */
export interface Neighbours {
  readonly start: Int32Array;
  readonly list: Int32Array;
}

/** Cells of an edge of the cutoff, and the atoms in each, by counting sort. */
function cellsOf(positions: Float64Array, cutoff: number) {
  const atoms = positions.length / 3;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3]!, positions[i]!);
    high[i % 3] = Math.max(high[i % 3]!, positions[i]!);
  }
  // One empty cell all around, so that every cell looked into exists.
  const [nx, ny, nz] = low.map((l, a) => Math.floor((high[a]! - l) / cutoff) + 3) as [number, number, number];
  const cell = new Int32Array(atoms);
  const first = new Int32Array(nx * ny * nz + 1);
  for (let i = 0; i < atoms; i++) {
    const [x, y, z] = low.map((l, a) => Math.floor((positions[3 * i + a]! - l) / cutoff) + 1);
    cell[i] = (x! * ny + y!) * nz + z!;
    first[cell[i]! + 1]! += 1;
  }
  for (let c = 1; c < first.length; c++) first[c]! += first[c - 1]!;
  const members = new Int32Array(atoms);
  const next = first.slice();
  for (let i = 0; i < atoms; i++) members[next[cell[i]!]!++] = i;
  const offsets = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k) => (i * ny + j) * nz + k)));
  return { cell, first, members, offsets };
}

/**
 * All pairs nearer than a cutoff, each from both sides.
 * @param positions 3N coordinates, angstrom
 * @param cutoff angstrom
 */
export function findNeighbours(positions: Float64Array, cutoff: number): Neighbours {
  const atoms = positions.length / 3;
  const { cell, first, members, offsets } = cellsOf(positions, cutoff);
  const start = new Int32Array(atoms + 1);
  let list = new Int32Array(16 * atoms);
  let used = 0;
  for (let i = 0; i < atoms; i++) {
    for (const offset of offsets) {
      const c = cell[i]! + offset;
      for (let m = first[c]!; m < first[c + 1]!; m++) {
        const j = members[m]!;
        const dx = positions[3 * j]! - positions[3 * i]!;
        const dy = positions[3 * j + 1]! - positions[3 * i + 1]!;
        const dz = positions[3 * j + 2]! - positions[3 * i + 2]!;
        if (j === i || dx * dx + dy * dy + dz * dz >= cutoff * cutoff) continue;
        if (used === list.length) {
          const larger = new Int32Array(2 * list.length + 16);
          larger.set(list);
          list = larger;
        }
        list[used++] = j;
      }
    }
    start[i + 1] = used;
  }
  return { start, list: list.subarray(0, used) };
}
