import type { GraphBuilder } from './builder';
import { convolvedCount, edges, type NetworkDescription } from './description';
import { addPool, poolWindow, type PoolTrace } from './pool';
import { addHalving, halves, type HalvingTrace } from './halving';

/** What the backward pass needs of a layer that has run. */
export interface LayerTrace {
  readonly input: string;
  /** After ReLU and dropout. */
  readonly output: string;
  /** Undefined without a pool. */
  readonly pool?: PoolTrace;
  /** Instead of convolution and pool, in the first layer. */
  readonly halving?: HalvingTrace;
}
export interface ForwardTrace {
  readonly convolutions: readonly LayerTrace[];
  /** Hidden dense layers, then the output layer, whose output is the logits. */
  readonly dense: readonly LayerTrace[];
  readonly logits: string;
  /** What the output layer sees of a volume, batch x {@link featureCount}. */
  readonly features: string;
}
/** While training: the dropout masks, scaled by 1 / (1 - rate), one per hidden layer, or none. */
export interface Training {
  readonly masks: readonly string[];
  /** Whether the pools may remember indices, see `pool.ts`. */
  readonly byIndices: boolean;
}

/**
 * Compresses intensity so that fringes weigh as much as the peak; 0 to 1. Counting noise below the floor stays small, unlike under a
 * bare logarithm.
 * @param intensity name of a batch x window^3 value
 * @returns name of a batch x 1 x window^3 value
 */
function compress(graph: GraphBuilder, network: NetworkDescription, intensity: string): string {
  const { window, compression, floor } = network;
  const volumes = graph.node('Reshape', [intensity, graph.ints(-1, 1, window, window, window)]);
  // An interpolated volume may undershoot zero by rounding, where the logarithm and the root would give NaN.
  const positive = graph.node('Relu', [volumes]);
  if (compression === 'sqrt') return graph.node('Sqrt', [positive]);
  const scaled = graph.node('Mul', [positive, graph.floats(1 / floor)]);
  const logarithm = graph.node('Log', [graph.node('Add', [scaled, graph.floats(1)])]);
  return graph.node('Mul', [logarithm, graph.floats(1 / Math.log(1 + 1 / floor))]);
}

/**
 * Adds the network's layers to a graph. ReLU stands after the pool: the same values as before it, for an eighth of the work.
 * @param intensity name of the input, batch x window^3, of volumes with maximum 1
 * @param family name of the second input, batch x families, of a network that has one
 * @param weight name of a parameter's value by the parameter's name
 * @param training absent when judging: then no dropout, and the pools keep no indices
 */
export function addForward(
  graph: GraphBuilder,
  network: NetworkDescription,
  intensity: string,
  family: string,
  weight: (name: string) => string,
  training?: Training,
): ForwardTrace {
  const after = edges(network);
  const activate = (sum: string, layer: number): string => {
    const mask = training?.masks[layer];
    const value = graph.node('Relu', [sum]);
    return mask === undefined ? value : graph.node('Mul', [value, mask]);
  };
  const pooled = (sums: string, layer: number): Pick<LayerTrace, 'output' | 'pool'> => {
    const size = { channels: network.convolutions[layer]!.channels, edge: after[layer]! };
    const { pooled: largest, trace } = addPool(graph, sums, size, training?.byIndices ?? true);
    return { output: (value = activate(largest, layer)), pool: trace };
  };
  let value = compress(graph, network, intensity);

  const convolutions = network.convolutions.map((layer, i): LayerTrace => {
    const input = value;
    const { stride, pool } = layer;
    const [kernels, bias] = [weight(`conv${i}.weight`), weight(`conv${i}.bias`)];
    if (training && i === 0 && halves(layer)) {
      const edge = network.window / 2;
      const { sums, trace } = addHalving(graph, layer, edge, input, kernels, bias);
      if (stride === 1 || !pool) return { input, output: (value = activate(sums, i)), halving: trace };
      return { input, ...pooled(sums, i), halving: trace };
    }
    const sums = graph.node('Conv', [input, kernels, bias], {
      kernel_shape: [3, 3, 3],
      pads: [1, 1, 1, 1, 1, 1],
      strides: [stride, stride, stride],
    });
    if (!pool) return { input, output: (value = activate(sums, i)) };
    if (training) return { input, ...pooled(sums, i) };
    return { input, output: (value = activate(graph.node('MaxPool', [sums], poolWindow), i)) };
  });

  value = graph.node('Reshape', [value, graph.ints(-1, convolvedCount(network))]);
  if (network.families) value = graph.node('Concat', [value, family], { axis: 1 });
  const dense = [...network.dense, network.classes.length].map((_, i): LayerTrace => {
    const input = value;
    const sum = graph.node('Gemm', [input, weight(`dense${i}.weight`), weight(`dense${i}.bias`)]);
    value = i < network.dense.length ? activate(sum, network.convolutions.length + i) : sum;
    return { input, output: value };
  });
  return { convolutions, dense, logits: value, features: dense.at(-1)!.input };
}
