type Triple = readonly [number, number, number];

/** A surface of triangles. */
export interface Surface {
  /** 3 x vertices, in voxels along the volume's axes. */
  readonly positions: Float32Array;
  /** 3 x vertices, unit vectors outwards. */
  readonly normals: Float32Array;
  /** 3 x triangles, counter-clockwise seen from outside. */
  readonly triangles: Uint32Array;
}

/**
 * The surface on which a field has a value, by naive surface nets (Gibson 1998): one vertex in each cell of eight voxels
 * that the surface passes through, at the mean of its crossings with the cell's edges. Beyond the volume's faces the field
 * lies below the level, so that the surface is always closed.
 * @param field first axis slowest
 * @param beyond value taken beyond the faces, below the level; it places the caps there
 */
export function surfaceNets(field: Float32Array, shape: Triple, level: number, beyond: number): Surface {
  const [ni, nj, nk] = shape;
  const positions: number[] = [];
  const triangles: number[] = [];
  // Vertices of the cells in two layers: cell (i, j, k) lies between voxels i and i + 1, and so on, from -1 on.
  const [rows, columns] = [nj + 1, nk + 1];
  let layer = new Int32Array(rows * columns).fill(-1);
  let former = new Int32Array(rows * columns).fill(-1);
  const at = (i: number, j: number, k: number): number =>
    i < 0 || j < 0 || k < 0 || i >= ni || j >= nj || k >= nk ? beyond : field[(i * nj + j) * nk + k]!;
  const corners = new Float64Array(8);

  for (let i = -1; i < ni; i++) {
    for (let j = -1; j < nj; j++) {
      for (let k = -1; k < nk; k++) {
        const cell = (j + 1) * columns + k + 1;
        let inside = 0;
        for (let c = 0; c < 8; c++) {
          const value = at(i + (c >> 2), j + ((c >> 1) & 1), k + (c & 1));
          corners[c] = value;
          if (value >= level) inside |= 1 << c;
        }
        if (inside === 0 || inside === 255) {
          layer[cell] = -1;
          continue;
        }
        layer[cell] = positions.length / 3;
        addVertex(corners, level, i, j, k, positions);
        // The three edges that leave the cell's first voxel: each crossing joins the four cells around the edge.
        const here = (inside & 1) !== 0;
        const [v, j1, k1, jk] = [layer[cell], layer[cell - columns]!, layer[cell - 1]!, layer[cell - columns - 1]!];
        const [i1, ij, ik] = [former[cell]!, former[cell - columns]!, former[cell - 1]!];
        if (here !== ((inside & 16) !== 0)) addQuad(triangles, here, v, j1, jk, k1);
        if (here !== ((inside & 4) !== 0)) addQuad(triangles, here, v, k1, ik, i1);
        if (here !== ((inside & 2) !== 0)) addQuad(triangles, here, v, i1, ij, j1);
      }
    }
    [layer, former] = [former, layer];
  }
  const vertices = Float32Array.from(positions);
  const faces = Uint32Array.from(triangles);
  return { positions: vertices, normals: normalsOf(vertices, faces), triangles: faces };
}

/** The twelve edges of a cell as pairs of corners; corner = 4 i + 2 j + k. */
const edges = Uint8Array.from([0, 4, 1, 5, 2, 6, 3, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 1, 2, 3, 4, 5, 6, 7]);

function addVertex(corners: Float64Array, level: number, i: number, j: number, k: number, out: number[]): void {
  let [x, y, z, crossings] = [0, 0, 0, 0];
  for (let e = 0; e < edges.length; e += 2) {
    const a = edges[e]!;
    const b = edges[e + 1]!;
    if (corners[a]! >= level === corners[b]! >= level) continue;
    const t = (level - corners[a]!) / (corners[b]! - corners[a]!);
    x += (a >> 2) + t * ((b >> 2) - (a >> 2));
    y += ((a >> 1) & 1) + t * (((b >> 1) & 1) - ((a >> 1) & 1));
    z += (a & 1) + t * ((b & 1) - (a & 1));
    crossings++;
  }
  out.push(i + x / crossings, j + y / crossings, k + z / crossings);
}

/** Two triangles, counter-clockwise seen from along the edge, or turned over where the edge enters the surface. */
function addQuad(out: number[], leaves: boolean, a: number, b: number, c: number, d: number): void {
  if (leaves) out.push(a, b, c, a, c, d);
  else out.push(a, c, b, a, d, c);
}

/** The mean of the adjoining triangles' normals, weighted by their areas. */
function normalsOf(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!];
    const side = (to: number, axis: number): number => positions[to + axis]! - positions[a + axis]!;
    for (let axis = 0; axis < 3; axis++) {
      const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
      const part = side(b, p) * side(c, q) - side(b, q) * side(c, p);
      normals[a + axis]! += part;
      normals[b + axis]! += part;
      normals[c + axis]! += part;
    }
  }
  for (let n = 0; n < normals.length; n += 3) {
    const length = Math.hypot(normals[n]!, normals[n + 1]!, normals[n + 2]!) || 1;
    for (let axis = 0; axis < 3; axis++) normals[n + axis]! /= length;
  }
  return normals;
}
