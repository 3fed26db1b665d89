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
 * Adds every voxel of a cube that lies within a ball about one of the set's: axis by axis, the least square of the distance to the set, as
 * far as the ball reaches.
 */
export function dilateBall(set: Uint8Array, size: number, radius: number): Uint8Array {
  const reach = Math.floor(radius);
  const far = 3 * (reach + 1) ** 2;
  let squares = Int32Array.from(set, (is) => (is === 1 ? 0 : far));
  for (const step of [1, size, size * size]) {
    const next = squares.slice();
    for (let v = 0; v < next.length; v++) {
      const at = Math.floor(v / step) % size;
      let least = next[v]!;
      for (let by = Math.max(-reach, -at); by <= Math.min(reach, size - 1 - at); by++) {
        const square = squares[v + by * step]! + by * by;
        if (square < least) least = square;
      }
      next[v] = least;
    }
    squares = next;
  }
  return Uint8Array.from(squares, (square) => (square <= radius * radius ? 1 : 0));
}

/** Closes a cube's set by a ball: tunnels, notches and cracks that the ball does not fit into belong to it then. */
export function closeBall(set: Uint8Array, size: number, radius: number): Uint8Array {
  const grown = dilateBall(set, size, radius).map((is) => 1 - is);
  return dilateBall(grown, size, radius).map((is) => 1 - is);
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
