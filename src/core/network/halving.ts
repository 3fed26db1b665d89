/**
 * The first layer while training, where it halves the volume (by a pool or a stride). Its one input channel is unfolded into the 4^3
 * voxels that any 2^3 block of outputs meets: 8 copies of the volume instead of a convolution's 27, used by both passes; and the eight
 * outputs of a block lie in eight planes, so that the pool is a maximum over planes. In onnxruntime this takes a third of the time of
 * Conv, MaxPool with indices, MaxUnpool and an unfolding for the weights.
 */
import type { GraphBuilder } from './builder';
import type { ConvolutionLayer } from './description';
import { throughPlanes } from './pool';

/** Places in a block of two along each axis. */
const PLACES = [0, 1].flatMap((i) => [0, 1].flatMap((j) => [0, 1].map((k) => [i, j, k] as const)));

/** What the backward pass needs of the layer. */
export interface HalvingTrace {
  /** batch x 64 x points: 2^3 shifts of the 2^3 voxels of a block. */
  readonly unfolded: string;
  /** With a pool, batch x 8 x channels x points: the sums before it. */
  readonly planes?: { readonly sums: string; readonly largest: string };
  readonly channels: number;
  /** Edge of the halved volume. */
  readonly edge: number;
}

/** Whether a first layer is one: a pool over plain convolutions, or a stride. */
export const halves = ({ stride, pool }: ConvolutionLayer): boolean => stride === 2 || pool;

/** Outputs of a block that are wanted: all eight before a pool, the first alone under a stride. */
const wanted = ({ stride }: ConvolutionLayer): typeof PLACES => (stride === 2 ? PLACES.slice(0, 1) : PLACES);

function unfold(graph: GraphBuilder, volumes: string, edge: number): string {
  const padded = graph.node('Pad', [volumes, graph.ints(0, 0, 1, 1, 1, 0, 0, 1, 1, 1), graph.floats(0)]);
  const half = edge + 1;
  const blocks = graph.node('Reshape', [padded, graph.ints(-1, half, 2, half, 2, half, 2)]);
  const voxels = graph.node('Reshape', [
    graph.node('Transpose', [blocks], { perm: [0, 2, 4, 6, 1, 3, 5] }),
    graph.ints(-1, 8, half, half, half),
  ]);
  const shifted = PLACES.map(([i, j, k]) =>
    graph.node('Slice', [voxels, graph.ints(i, j, k), graph.ints(i + edge, j + edge, k + edge), graph.ints(2, 3, 4)]),
  );
  return graph.node('Reshape', [graph.node('Concat', shifted, { axis: 1 }), graph.ints(-1, 64, edge ** 3)]);
}

/** The 3^3 kernels within 4^3 voxels, a set for each wanted output of a block, in the order of {@link unfold}. */
function spread(graph: GraphBuilder, weight: string, layer: ConvolutionLayer): string {
  const kernels = wanted(layer).map(([i, j, k]) =>
    graph.node('Pad', [weight, graph.ints(0, 0, i, j, k, 0, 0, 1 - i, 1 - j, 1 - k), graph.floats(0)]),
  );
  const all = graph.node('Reshape', [graph.node('Concat', kernels, { axis: 0 }), graph.ints(-1, 2, 2, 2, 2, 2, 2)]);
  return graph.node('Reshape', [graph.node('Transpose', [all], { perm: [0, 1, 3, 5, 2, 4, 6] }), graph.ints(-1, 64)]);
}

/**
 * @param volumes batch x 1 x (2 edge)^3
 * @returns the halved sums, bias included, batch x channels x edge^3; a pool after a stride is left to the caller
 */
export function addHalving(
  graph: GraphBuilder,
  layer: ConvolutionLayer,
  edge: number,
  volumes: string,
  weight: string,
  bias: string,
): { readonly sums: string; readonly trace: HalvingTrace } {
  const { channels, stride } = layer;
  const points = edge ** 3;
  const unfolded = unfold(graph, volumes, edge);
  const products = graph.node('MatMul', [spread(graph, weight, layer), unfolded]);
  const column = graph.node('Reshape', [bias, graph.ints(1, channels, 1)]);
  const finish = (values: string): string =>
    graph.node('Reshape', [graph.node('Add', [values, column]), graph.ints(-1, channels, edge, edge, edge)]);
  if (stride === 2) return { sums: finish(products), trace: { unfolded, channels, edge } };
  const sums = graph.node('Reshape', [products, graph.ints(-1, 8, channels, points)]);
  const largest = graph.node('ReduceMax', [sums, graph.ints(1)], { keepdims: 1 });
  const values = graph.node('Reshape', [largest, graph.ints(-1, channels, points)]);
  return { sums: finish(values), trace: { unfolded, channels, edge, planes: { sums, largest } } };
}

/**
 * @param gradient of the halved sums, batch x channels x edge^3
 * @returns gradient of the kernels, channels x 1 x 3^3
 */
export function halvingGradient(
  graph: GraphBuilder,
  layer: ConvolutionLayer,
  { unfolded, planes, channels, edge }: HalvingTrace,
  gradient: string,
): string {
  const points = edge ** 3;
  const blocks = graph.node('Reshape', [gradient, graph.ints(-1, 1, channels, points)]);
  const all = planes ? throughPlanes(graph, blocks, planes.sums, planes.largest) : blocks;
  const rows = wanted(layer).length * channels;
  const flat = graph.node('Reshape', [all, graph.ints(-1, rows, points)]);
  const products = graph.node('MatMul', [flat, graph.node('Transpose', [unfolded], { perm: [0, 2, 1] })]);
  const total = graph.node('ReduceSum', [products, graph.ints(0)], { keepdims: 0 });
  const taps = graph.node('Transpose', [graph.node('Reshape', [total, graph.ints(-1, 2, 2, 2, 2, 2, 2)])], {
    perm: [0, 1, 4, 2, 5, 3, 6],
  });
  const kernels = graph.node('Reshape', [taps, graph.ints(-1, channels, 1, 4, 4, 4)]);
  const parts = wanted(layer).map(([i, j, k], n) =>
    graph.node('Slice', [
      kernels,
      graph.ints(n, i, j, k),
      graph.ints(n + 1, i + 3, j + 3, k + 3),
      graph.ints(0, 3, 4, 5),
    ]),
  );
  const sum = parts.length === 1 ? parts[0]! : graph.node('Sum', parts);
  return graph.node('Reshape', [sum, graph.ints(channels, 1, 3, 3, 3)]);
}
