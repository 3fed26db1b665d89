/**
 * Real cubes of one edge length, first axis slowest, as this folder works on them: sets of voxels are bytes (1 = inside).
 * The object lies about the middle, index size / 2.
 */

/** The value that exactly `count` of the numbers reach or exceed (more where several are equal to it); all must be at least 0. */
export function largestAt(values: Float32Array, count: number): number {
  if (count <= 0) return Infinity;
  if (count > values.length) return 0;
  // The bits of positive floats are in the order of the floats: two counting passes of 16 bits each.
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(65536);
  for (const word of bits) counts[word >>> 16]!++;
  let [above, high] = [0, 65535];
  for (; high > 0 && above + counts[high]! < count; high--) above += counts[high]!;
  counts.fill(0);
  for (const word of bits) if (word >>> 16 === high) counts[word & 65535]!++;
  let low = 65535;
  for (; low > 0 && above + counts[low]! < count; low--) above += counts[low]!;
  const word = Uint32Array.of(((high << 16) | low) >>> 0);
  return new Float32Array(word.buffer)[0]!;
}

/** Moves a cube by whole voxels, around its ends. */
export function roll<T extends Float32Array | Uint8Array>(
  cube: T,
  size: number,
  by: readonly [number, number, number],
): T {
  const out = cube.slice() as T;
  const wrap = (i: number): number => ((i % size) + size) % size;
  const shift = wrap(by[2]);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const from = (i * size + j) * size;
      const to = (wrap(i + by[0]) * size + wrap(j + by[1])) * size;
      out.set(cube.subarray(from, from + size - shift), to + shift);
      out.set(cube.subarray(from + size - shift, from + size), to);
    }
  }
  return out;
}

/** Centre of mass of a set of voxels, voxel indices; undefined where it is empty. */
export function centreOf(set: Uint8Array, size: number): [number, number, number] | undefined {
  let [a, b, c, n] = [0, 0, 0, 0];
  for (let v = 0; v < set.length; v++) {
    if (set[v] === 0) continue;
    a += Math.floor(v / (size * size));
    b += Math.floor(v / size) % size;
    c += v % size;
    n++;
  }
  return n > 0 ? [a / n, b / n, c / n] : undefined;
}

/** How many voxels a set has. */
export function countOf(set: Uint8Array): number {
  let n = 0;
  for (const value of set) n += value;
  return n;
}
