/**
 * Real cubes of one edge length, first axis slowest, as this folder works on them: sets of voxels are bytes (1 = inside).
 * The object lies about the middle, index size / 2.
 */

/** How often each half of a float's bits occurs; spent by whoever counts next. */
const counts = new Uint32Array(65536);

/** Bits of positive floats, which are in the order of the floats. */
const bitsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);

/** The upper half of the bits of the `count`th largest, and how many have a larger one. */
function upperHalfAt(bits: Uint32Array, count: number): { readonly high: number; readonly above: number } {
  counts.fill(0);
  for (let v = 0; v < bits.length; v++) counts[bits[v]! >>> 16]!++;
  let [above, high] = [0, 65535];
  for (; high > 0 && above + counts[high]! < count; high--) above += counts[high]!;
  return { high, above };
}

/** The value that exactly `count` of the numbers reach or exceed (more where several are equal to it); all must be at least 0. */
export function largestAt(values: Float32Array, count: number): number {
  if (count <= 0) return Infinity;
  if (count > values.length) return 0;
  const bits = bitsOf(values);
  const upper = upperHalfAt(bits, count);
  counts.fill(0);
  for (let v = 0; v < bits.length; v++) if (bits[v]! >>> 16 === upper.high) counts[bits[v]! & 65535]!++;
  let [above, low] = [upper.above, 65535];
  for (; low > 0 && above + counts[low]! < count; low--) above += counts[low]!;
  const word = Uint32Array.of(((upper.high << 16) | low) >>> 0);
  return new Float32Array(word.buffer)[0]!;
}

/** The `count` largest of the numbers, a few smaller ones among them, so that more questions about these need not go through all again. */
export function largestOf(values: Float32Array, count: number): Float32Array {
  const bits = bitsOf(values);
  const { high } = upperHalfAt(bits, count);
  const found = new Float32Array(values.length);
  let n = 0;
  for (let v = 0; v < bits.length; v++) if (bits[v]! >>> 16 >= high) found[n++] = values[v]!;
  return found.slice(0, n);
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
