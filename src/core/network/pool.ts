/**
 * A 2^3 max-pool and its gradient, in two ways. By indices (MaxPool, MaxUnpool) it is fastest on a CPU; onnxruntime's WebGPU has no
 * indices, and gets the eight voxels of every block as eight planes.
 */
import type { GraphBuilder } from './builder';

export const poolWindow = { kernel_shape: [2, 2, 2], strides: [2, 2, 2] };

export interface PoolTrace {
  /** Either where each value came from, and the shape before pooling; */
  readonly indices?: { readonly from: string; readonly before: string };
  /** or the values before it, batch x 8 x channels x points, and the largest of each eight. */
  readonly planes?: { readonly sums: string; readonly largest: string };
  readonly channels: number;
  /** Edge of the pooled volume. */
  readonly edge: number;
}

/** To each value of a block that was the largest, the block's gradient; equal ones share it. */
export function throughPlanes(graph: GraphBuilder, gradient: string, sums: string, largest: string): string {
  const chosen = graph.node('Cast', [graph.node('Equal', [sums, largest])], { to: 1 });
  const ties = graph.node('ReduceSum', [chosen, graph.ints(1)], { keepdims: 1 });
  return graph.node('Mul', [chosen, graph.node('Div', [gradient, ties])]);
}

/**
 * @param sums batch x channels x (2 edge)^3
 * @returns batch x channels x edge^3
 */
export function addPool(
  graph: GraphBuilder,
  sums: string,
  { channels, edge }: Pick<PoolTrace, 'channels' | 'edge'>,
  byIndices: boolean,
): { readonly pooled: string; readonly trace: PoolTrace } {
  if (byIndices) {
    const [pooled, from] = graph.nodes('MaxPool', [sums], 2, poolWindow) as [string, string];
    return { pooled, trace: { indices: { from, before: graph.node('Shape', [sums]) }, channels, edge } };
  }
  const blocks = graph.node('Reshape', [sums, graph.ints(-1, channels, edge, 2, edge, 2, edge, 2)]);
  const planes = graph.node('Reshape', [
    graph.node('Transpose', [blocks], { perm: [0, 3, 5, 7, 1, 2, 4, 6] }),
    graph.ints(-1, 8, channels, edge ** 3),
  ]);
  const largest = graph.node('ReduceMax', [planes, graph.ints(1)], { keepdims: 1 });
  const pooled = graph.node('Reshape', [largest, graph.ints(-1, channels, edge, edge, edge)]);
  return { pooled, trace: { planes: { sums: planes, largest }, channels, edge } };
}

/** @returns the gradient before the pool, batch x channels x (2 edge)^3 */
export function poolGradient(graph: GraphBuilder, gradient: string, trace: PoolTrace): string {
  const { indices, planes, channels, edge } = trace;
  if (indices) return graph.node('MaxUnpool', [gradient, indices.from, indices.before], poolWindow);
  const blocks = graph.node('Reshape', [gradient, graph.ints(-1, 1, channels, edge ** 3)]);
  const all = planes ? throughPlanes(graph, blocks, planes.sums, planes.largest) : blocks;
  const apart = graph.node('Reshape', [all, graph.ints(-1, 2, 2, 2, channels, edge, edge, edge)]);
  return graph.node('Reshape', [
    graph.node('Transpose', [apart], { perm: [0, 4, 5, 1, 6, 2, 7, 3] }),
    graph.ints(-1, channels, 2 * edge, 2 * edge, 2 * edge),
  ]);
}
