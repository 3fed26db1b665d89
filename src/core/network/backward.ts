import type { GraphBuilder } from './builder';
import { convolvedCount, type NetworkDescription } from './description';
import { halvingGradient } from './halving';
import { poolGradient } from './pool';
import type { ForwardTrace, LayerTrace } from './forward';

const OFFSETS = [0, 1, 2];

/**
 * Gradient of a convolution's weights (stride 1): shifted copies of its input, times shifted copies of the output's gradient. The input
 * is shifted along two axes and the gradient along the third, the slowest: 9 + 3 copies, where shifting the input alone takes 27.
 * @param input batch x in x edge^3
 * @param gradient batch x out x edge^3, of the convolution's output
 * @returns out x in x 3 x 3 x 3
 */
function weightGradient(graph: GraphBuilder, input: string, gradient: string, layer: WeightShape): string {
  const { inputs, outputs, edge } = layer;
  const points = edge ** 3;
  const sides = graph.node('Pad', [input, graph.ints(0, 0, 0, 1, 1, 0, 0, 0, 1, 1), graph.floats(0)]);
  const shifted = OFFSETS.flatMap((j) =>
    OFFSETS.map((k) =>
      graph.node('Slice', [sides, graph.ints(j, k), graph.ints(j + edge, k + edge), graph.ints(3, 4)]),
    ),
  );
  const ends = graph.node('Pad', [gradient, graph.ints(0, 0, 1, 0, 0, 0, 0, 1, 0, 0), graph.floats(0)]);
  // Moving the gradient one way is moving the input the other way.
  const opposed = OFFSETS.map((i) =>
    i === 1 ? gradient : graph.node('Slice', [ends, graph.ints(2 - i), graph.ints(2 - i + edge), graph.ints(2)]),
  );
  const flat = (parts: readonly string[], rows: number): string =>
    graph.node('Reshape', [graph.node('Concat', parts, { axis: 1 }), graph.ints(-1, rows, points)]);
  const columns = graph.node('Transpose', [flat(shifted, 9 * inputs)], { perm: [0, 2, 1] });
  const product = graph.node('MatMul', [flat(opposed, 3 * outputs), columns]);
  const sum = graph.node('ReduceSum', [product, graph.ints(0)], { keepdims: 0 });
  const kernel = graph.node('Reshape', [sum, graph.ints(3, outputs, 3, 3, inputs)]);
  return graph.node('Transpose', [kernel], { perm: [1, 4, 0, 2, 3] });
}
interface WeightShape {
  readonly inputs: number;
  readonly outputs: number;
  /** Edge of the convolution's output, before any pool. */
  readonly edge: number;
}

/** Gradient of a convolution's input (stride 1): a convolution with the kernel flipped and its channels swapped. */
function inputGradient(graph: GraphBuilder, gradient: string, weight: string): string {
  const last = graph.ints(-1, -1, -1);
  const flipped = graph.node('Slice', [weight, last, graph.ints(-4, -4, -4), graph.ints(2, 3, 4), last]);
  const swapped = graph.node('Transpose', [flipped], { perm: [1, 0, 2, 3, 4] });
  return graph.node('Conv', [gradient, swapped], { kernel_shape: [3, 3, 3], pads: [1, 1, 1, 1, 1, 1] });
}

/** Through dropout and ReLU: a silenced or negative unit has output 0 and passes nothing; the others were scaled by 1 / (1 - rate). */
function throughActivation(graph: GraphBuilder, gradient: string, layer: LayerTrace, dropout: number): string {
  const passed = graph.node('Mul', [gradient, graph.node('Sign', [layer.output])]);
  return dropout === 0 ? passed : graph.node('Mul', [passed, graph.floats(1 / (1 - dropout))]);
}

/**
 * Adds the backward pass.
 * @param logitsGradient batch x classes
 * @param weight name of a parameter's value by the parameter's name
 * @returns name of each parameter's gradient by the parameter's name, in the parameter's shape
 */
export function addBackward(
  graph: GraphBuilder,
  network: NetworkDescription,
  trace: ForwardTrace,
  logitsGradient: string,
  weight: (name: string) => string,
): Map<string, string> {
  const gradients = new Map<string, string>();
  let gradient = logitsGradient;

  for (let i = trace.dense.length - 1; i >= 0; i--) {
    const layer = trace.dense[i]!;
    if (i < network.dense.length) gradient = throughActivation(graph, gradient, layer, network.dropout);
    gradients.set(`dense${i}.weight`, graph.node('Gemm', [layer.input, gradient], { transA: 1 }));
    gradients.set(`dense${i}.bias`, graph.node('ReduceSum', [gradient, graph.ints(0)], { keepdims: 0 }));
    gradient = graph.node('Gemm', [gradient, weight(`dense${i}.weight`)], { transB: 1 });
  }

  // The family is given, not learned.
  if (network.families)
    gradient = graph.node('Slice', [gradient, graph.ints(0), graph.ints(convolvedCount(network)), graph.ints(1)]);
  const last = trace.convolutions.at(-1);
  if (last) gradient = graph.node('Reshape', [gradient, graph.node('Shape', [last.output])]);
  let edge = network.window;
  const shapes = network.convolutions.map(({ channels, stride, pool }, i): WeightShape => {
    const before = edge / stride;
    edge = pool ? before / 2 : before;
    return { inputs: network.convolutions[i - 1]?.channels ?? 1, outputs: channels, edge: before };
  });
  for (let i = trace.convolutions.length - 1; i >= 0; i--) {
    const layer = trace.convolutions[i]!;
    gradient = throughActivation(graph, gradient, layer, network.dropout);
    if (layer.pool) gradient = poolGradient(graph, gradient, layer.pool);
    gradients.set(`conv${i}.bias`, graph.node('ReduceSum', [gradient, graph.ints(0, 2, 3, 4)], { keepdims: 0 }));
    gradients.set(
      `conv${i}.weight`,
      layer.halving
        ? halvingGradient(graph, network.convolutions[i]!, layer.halving, gradient)
        : weightGradient(graph, layer.input, gradient, shapes[i]!),
    );
    // The intensity itself is not learned.
    if (i > 0) gradient = inputGradient(graph, gradient, weight(`conv${i}.weight`));
  }
  return gradients;
}
