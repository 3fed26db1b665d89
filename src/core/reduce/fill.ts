/** Farthest pixel that may stand in for a masked one. */
const REACH = 24;

/** A masked pixel as a weighted sum of measured ones of the same frame. */
export interface Stencil {
  readonly target: number;
  readonly sources: readonly number[];
  readonly weights: readonly number[];
}

interface Line {
  readonly nodes: { readonly offset: number; readonly pixel: number }[];
  /** Distance across the hole; a short bridge is trusted more. */
  readonly span: number;
}

/**
 * How to fill each masked pixel of a rows x cols region so that neither a gap nor a hot pixel becomes a feature:
 * along rows and along columns, by a cubic through the two nearest measured pixels on either side where the hole is
 * narrow, by a straight line where it is wide; the two directions weighted by the inverse square of the hole's width.
 * A pixel without any measured one within reach gets no stencil.
 */
export function fillStencils(masked: (pixel: number) => boolean, rows: number, cols: number): Stencil[] {
  const stencils: Stencil[] = [];
  for (let target = 0; target < rows * cols; target++) {
    if (!masked(target)) continue;
    const row = Math.floor(target / cols);
    const col = target - row * cols;
    const lines = [
      bridge(masked, target, 1, col, cols - 1 - col),
      bridge(masked, target, cols, row, rows - 1 - row),
    ].filter((line) => line.nodes.length > 0);
    const total = lines.reduce((sum, line) => sum + 1 / line.span ** 2, 0);
    const sources: number[] = [];
    const weights: number[] = [];
    for (const line of lines) {
      const share = 1 / line.span ** 2 / total;
      line.nodes.forEach((node, i) => {
        sources.push(node.pixel);
        weights.push(share * lagrange(line.nodes, i));
      });
    }
    if (sources.length > 0) stencils.push({ target, sources, weights });
  }
  return stencils;
}

/** Applies the stencils to one frame in place; interpolated counts are never negative. */
export function applyStencils(stencils: readonly Stencil[], counts: Float32Array, start: number): void {
  for (const { target, sources, weights } of stencils) {
    let value = 0;
    for (let i = 0; i < sources.length; i++) value += weights[i]! * counts[start + sources[i]!]!;
    counts[start + target] = Math.max(0, value);
  }
}

/** Measured pixels on both sides of `target` along one direction: two a side for a narrow hole, else the nearest ones. */
function bridge(masked: (p: number) => boolean, target: number, step: number, before: number, after: number): Line {
  const side = (sign: 1 | -1, room: number): Line['nodes'] => {
    const nodes: Line['nodes'] = [];
    for (let d = 1; d <= Math.min(room, REACH) && nodes.length < 2; d++) {
      const pixel = target + sign * d * step;
      if (!masked(pixel)) nodes.push({ offset: sign * d, pixel });
    }
    return nodes;
  };
  const low = side(-1, before);
  const high = side(1, after);
  const nearLow = low[0];
  const nearHigh = high[0];
  if (!nearLow || !nearHigh) {
    const only = nearLow ?? nearHigh;
    return only ? { nodes: [only], span: 4 * Math.abs(only.offset) } : { nodes: [], span: 1 };
  }
  const span = nearHigh.offset - nearLow.offset;
  const cubic = span <= 3 && low.length === 2 && high.length === 2;
  return { nodes: cubic ? [...low, ...high] : [nearLow, nearHigh], span };
}

/** Weight of node i when the polynomial through all nodes is evaluated at offset 0. */
function lagrange(nodes: Line['nodes'], i: number): number {
  const own = nodes[i]!.offset;
  return nodes.reduce((product, { offset }, j) => (j === i ? product : (product * -offset) / (own - offset)), 1);
}
