/** Farthest pixel that may stand in for a masked one. */
const REACH = 24;

/** Masked pixels, each as a weighted sum of measured ones of the same frame; flat, for it is applied to every frame. */
export interface Stencils {
  readonly targets: Int32Array;
  /** Where each target's sources end. */
  readonly ends: Int32Array;
  readonly sources: Int32Array;
  readonly weights: Float64Array;
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
 * A pixel without any measured one within reach is 0: what it holds is a mark, no count.
 * @param mask rows x cols, 0 = measured
 */
export function fillStencils(mask: Uint8Array, rows: number, cols: number): Stencils {
  const targets: number[] = [];
  const ends: number[] = [];
  const sources: number[] = [];
  const weights: number[] = [];
  for (let target = 0; target < rows * cols; target++) {
    if (mask[target] === 0) continue;
    const row = Math.floor(target / cols);
    const col = target - row * cols;
    const lines = [
      bridge(mask, target, 1, col, cols - 1 - col),
      bridge(mask, target, cols, row, rows - 1 - row),
    ].filter((line) => line.nodes.length > 0);
    const total = lines.reduce((sum, line) => sum + 1 / line.span ** 2, 0);
    for (const line of lines) {
      const share = 1 / line.span ** 2 / total;
      line.nodes.forEach((node, i) => {
        sources.push(node.pixel);
        weights.push(share * lagrange(line.nodes, i));
      });
    }
    targets.push(target);
    ends.push(sources.length);
  }
  return {
    targets: Int32Array.from(targets),
    ends: Int32Array.from(ends),
    sources: Int32Array.from(sources),
    weights: Float64Array.from(weights),
  };
}

/** Applies the stencils to one frame in place; interpolated counts are never negative. */
export function applyStencils({ targets, ends, sources, weights }: Stencils, frame: Float32Array): void {
  for (let t = 0, s = 0; t < targets.length; t++) {
    let value = 0;
    for (const end = ends[t]!; s < end; s++) value += weights[s]! * frame[sources[s]!]!;
    frame[targets[t]!] = value > 0 ? value : 0;
  }
}

/** Measured pixels on both sides of `target` along one direction: two a side for a narrow hole, else the nearest ones. */
function bridge(mask: Uint8Array, target: number, step: number, before: number, after: number): Line {
  const side = (sign: 1 | -1, room: number): Line['nodes'] => {
    const nodes: Line['nodes'] = [];
    for (let d = 1; d <= Math.min(room, REACH) && nodes.length < 2; d++) {
      const pixel = target + sign * d * step;
      if (mask[pixel] === 0) nodes.push({ offset: sign * d, pixel });
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
