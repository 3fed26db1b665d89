/** Sets of voxels in a cube (or pixels in a square: `shape` with a first edge of 1), 1 = inside, neighbours across faces. */
export type Shape = readonly [number, number, number];

/** Steps to the neighbours across faces, along the axes that have more than one voxel. */
const stepsOf = ([a, b, c]: Shape): { readonly step: number; readonly edge: number }[] =>
  [
    { step: b * c, edge: a },
    { step: c, edge: b },
    { step: 1, edge: c },
  ].filter(({ edge }) => edge > 1);

/** Visits the neighbours of a voxel that lie in the cube. */
function neighbours(v: number, steps: ReturnType<typeof stepsOf>, visit: (w: number) => void): void {
  for (const { step, edge } of steps) {
    const at = Math.floor(v / step) % edge;
    if (at > 0) visit(v - step);
    if (at < edge - 1) visit(v + step);
  }
}

/** Takes away every voxel with a neighbour outside the set; what lies beyond the cube is outside. */
export function erode(set: Uint8Array, shape: Shape): Uint8Array {
  const steps = stepsOf(shape);
  const out = set.slice();
  for (let v = 0; v < set.length; v++) {
    if (set[v] === 0) continue;
    let inside = 0;
    neighbours(v, steps, (w) => (inside += set[w]!));
    if (inside < 2 * steps.length) out[v] = 0;
  }
  return out;
}

/** Every offset within a ball. */
function ball(radius: number): Shape[] {
  const all: Shape[] = [];
  const reach = Math.floor(radius);
  for (let a = -reach; a <= reach; a++)
    for (let b = -reach; b <= reach; b++)
      for (let c = -reach; c <= reach; c++) if (a * a + b * b + c * c <= radius * radius) all.push([a, b, c]);
  return all;
}

/** Adds every voxel of a cube that lies within a ball about one of the set's. */
function dilateBall(set: Uint8Array, size: number, offsets: readonly Shape[]): Uint8Array {
  const surface = erode(set, [size, size, size]);
  const out = set.slice();
  for (let v = 0; v < set.length; v++) {
    if (set[v] === 0 || surface[v] === 1) continue;
    const [i, j, k] = [Math.floor(v / (size * size)), Math.floor(v / size) % size, v % size];
    for (const [a, b, c] of offsets) {
      const [x, y, z] = [i + a, j + b, k + c];
      if (x >= 0 && y >= 0 && z >= 0 && x < size && y < size && z < size) out[(x * size + y) * size + z] = 1;
    }
  }
  return out;
}

/** Closes a cube's set by a ball: tunnels, notches and cracks that the ball does not fit into belong to it then. */
export function closeBall(set: Uint8Array, size: number, radius: number): Uint8Array {
  const offsets = ball(radius);
  const grown = dilateBall(set, size, offsets).map((is) => 1 - is);
  return dilateBall(grown, size, offsets).map((is) => 1 - is);
}

/** Every voxel that is connected to `start`, within voxels of the value that `start` has. */
function flood(set: Uint8Array, shape: Shape, starts: Iterable<number>, value: number, found: Uint8Array): number {
  const steps = stepsOf(shape);
  const stack: number[] = [];
  let size = 0;
  const reach = (v: number): void => {
    if (set[v] !== value || found[v] === 1) return;
    found[v] = 1;
    size++;
    stack.push(v);
  };
  for (const start of starts) reach(start);
  for (let v = stack.pop(); v !== undefined; v = stack.pop()) neighbours(v, steps, reach);
  return size;
}

/** Fills what is enclosed: everything outside that is not connected with the rim. */
export function fillHoles(set: Uint8Array, shape: Shape): Uint8Array {
  const steps = stepsOf(shape);
  const outside = new Uint8Array(set.length);
  const rim: number[] = [];
  for (let v = 0; v < set.length; v++) {
    const onRim = steps.some(({ step, edge }) => {
      const at = Math.floor(v / step) % edge;
      return at === 0 || at === edge - 1;
    });
    if (onRim) rim.push(v);
  }
  flood(set, shape, rim, 0, outside);
  return outside.map((is) => 1 - is);
}

/** The largest connected part of a set. */
export function largestPart(set: Uint8Array, shape: Shape): Uint8Array {
  const seen = new Uint8Array(set.length);
  let best: { readonly start: number; readonly size: number } | undefined;
  for (let v = 0; v < set.length; v++) {
    if (set[v] === 0 || seen[v] === 1) continue;
    const size = flood(set, shape, [v], 1, seen);
    if (!best || size > best.size) best = { start: v, size };
  }
  const part = new Uint8Array(set.length);
  if (best) flood(set, shape, [best.start], 1, part);
  return part;
}
