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

/**
 * Adds every voxel that lies within a ball about one of the set's: axis by axis, the least square of the distance to the set, as far as
 * the ball reaches.
 */
export function dilateBall(set: Uint8Array, shape: Shape, radius: number): Uint8Array {
  const reach = Math.floor(radius);
  const far = 3 * (reach + 1) ** 2;
  let [squares, next] = [new Int32Array(set.length), new Int32Array(set.length)];
  for (let v = 0; v < set.length; v++) squares[v] = set[v] === 1 ? 0 : far;
  for (const { step, edge } of stepsOf(shape)) {
    for (let v = 0; v < next.length; v++) {
      const at = Math.floor(v / step) % edge;
      let least = squares[v]!;
      for (let by = Math.max(-reach, -at); by <= Math.min(reach, edge - 1 - at); by++) {
        const square = squares[v + by * step]! + by * by;
        if (square < least) least = square;
      }
      next[v] = least;
    }
    [squares, next] = [next, squares];
  }
  const grown = new Uint8Array(set.length);
  for (let v = 0; v < grown.length; v++) grown[v] = squares[v]! <= radius * radius ? 1 : 0;
  return grown;
}

/** Closes a set by a ball: tunnels, notches and cracks that the ball does not fit into belong to it then. */
export function closeBall(set: Uint8Array, shape: Shape, radius: number): Uint8Array {
  // Grown, it reaches no farther than the ball, and beyond that nothing is nearer to it than the layer of empty voxels about it.
  return inBox(set, shape, Math.floor(radius) + 1, (part, edges) =>
    inverted(dilateBall(inverted(dilateBall(part, edges, radius)), edges, radius)),
  );
}

function inverted(set: Uint8Array): Uint8Array {
  const out = new Uint8Array(set.length);
  for (let v = 0; v < out.length; v++) out[v] = 1 - set[v]!;
  return out;
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
  // What is enclosed lies in the smallest box about the set, and whatever is empty on that box's own rim is not enclosed.
  return inBox(set, shape, 0, (part, edges) => {
    // A sheet encloses nothing in a cube.
    if (edges.some((edge, axis) => edge === 1 && shape[axis]! > 1)) return part;
    const outside = new Uint8Array(part.length);
    flood(part, edges, rimOf(edges), 0, outside);
    return inverted(outside);
  });
}

/** What becomes of a set by `work` on the smallest box about it, `margin` voxels wider as far as there are any; a new set, the old one stays. */
function inBox(
  set: Uint8Array,
  shape: Shape,
  margin: number,
  work: (part: Uint8Array, edges: Shape) => Uint8Array,
): Uint8Array {
  const out = set.slice();
  const bounds = boundsOf(set, shape);
  if (!bounds) return out;
  const [a, b, c] = bounds.map(([from, to], axis) => [
    Math.max(0, from - margin),
    Math.min(shape[axis]! - 1, to + margin),
  ]) as [Span, Span, Span];
  const edges = [a, b, c].map(([from, to]) => to - from + 1) as unknown as Shape;
  const part = new Uint8Array(edges[0] * edges[1] * edges[2]);
  const rows = (copy: (whole: number, own: number) => void): void => {
    for (let i = 0; i < edges[0]; i++)
      for (let j = 0; j < edges[1]; j++)
        copy(((a[0] + i) * shape[1] + b[0] + j) * shape[2] + c[0], (i * edges[1] + j) * edges[2]);
  };
  rows((whole, own) => part.set(set.subarray(whole, whole + edges[2]), own));
  const changed = work(part, edges);
  rows((whole, own) => out.set(changed.subarray(own, own + edges[2]), whole));
  return out;
}

/** First and last index of a set along each axis; undefined where it is empty. */
function boundsOf(set: Uint8Array, [, rows, columns]: Shape): [Span, Span, Span] | undefined {
  const [low, high] = [
    [Infinity, Infinity, Infinity],
    [-1, -1, -1],
  ] as [[number, number, number], [number, number, number]];
  for (let v = set.indexOf(1); v >= 0; v = set.indexOf(1, v + 1)) {
    const line = Math.floor(v / columns);
    const at = [Math.floor(line / rows), line % rows, v % columns] as const;
    for (const axis of [0, 1, 2] as const) {
      if (at[axis] < low[axis]) low[axis] = at[axis];
      if (at[axis] > high[axis]) high[axis] = at[axis];
    }
  }
  const along = (axis: 0 | 1 | 2): Span => [low[axis], high[axis]];
  return high[0] < 0 ? undefined : [along(0), along(1), along(2)];
}
type Span = [first: number, last: number];

/** Voxels with no neighbour on one side, along an axis that has more than one. */
function rimOf(shape: Shape): number[] {
  const steps = stepsOf(shape);
  const rim: number[] = [];
  for (let v = 0; v < shape[0] * shape[1] * shape[2]; v++) {
    const onRim = steps.some(({ step, edge }) => {
      const at = Math.floor(v / step) % edge;
      return at === 0 || at === edge - 1;
    });
    if (onRim) rim.push(v);
  }
  return rim;
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
