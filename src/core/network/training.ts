import { addBackward } from './backward';
import { createGraphBuilder, type GraphBuilder } from './builder';
import { maskShapes, parameterCount, parameters, type NetworkDescription } from './description';
import { addForward } from './forward';

/** Adam's decay rates and guard, Kingma and Ba (2014), as every framework sets them. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * Adam's rate at a step with both bias corrections folded in (end of section 2 of the paper), so that the graph needs no step counter.
 * @param step 1 for the first
 */
export const correctedRate = (rate: number, step: number): number =>
  (rate * Math.sqrt(1 - adam.beta2 ** step)) / (1 - adam.beta1 ** step);

function updateByAdam(graph: GraphBuilder, gradient: string): void {
  const blend = (old: string, fresh: string, beta: number, name: string): string =>
    graph.node(
      'Add',
      [graph.node('Mul', [old, graph.floats(beta)]), graph.node('Mul', [fresh, graph.floats(1 - beta)])],
      {},
      name,
    );
  const first = blend('first', gradient, adam.beta1, 'next_first');
  const second = blend('second', graph.node('Mul', [gradient, gradient]), adam.beta2, 'next_second');
  const size = graph.node('Add', [graph.node('Sqrt', [second]), graph.floats(adam.epsilon)]);
  const change = graph.node('Mul', [graph.node('Div', [first, size]), 'rate']);
  graph.node('Sub', ['weights', change], {}, 'next_weights');
}

/**
 * One training step as an ONNX file: forward pass, categorical cross-entropy, gradients, Adam.
 *
 * Inputs: `intensity` (batch x window^3: the central cube alone), `labels` (batch x classes, each row summing to 1), `mask0`, `mask1`, ... (uint8, 1 = kept,
 * batch x {@link maskShapes}; none without dropout), `weights`, `first`, `second` (flat, see {@link parameters}),
 * `rate` (scalar, {@link correctedRate}).
 * Outputs: `loss` (scalar, mean over the batch), `logits` (batch x classes), `next_weights`, `next_first`, `next_second`,
 * and `gradient` (flat).
 */
export function buildTrainingStep(network: NetworkDescription, batch: number): Uint8Array {
  const graph = createGraphBuilder(`${network.name} training step`);
  const { window, classes, dropout } = network;
  const list = parameters(network);
  const flat = [parameterCount(network)];

  graph.input({ name: 'intensity', type: 'float', shape: [batch, window, window, window] });
  graph.input({ name: 'labels', type: 'float', shape: [batch, classes.length] });
  const masks = maskShapes(network).map((shape, i) => {
    const kept = graph.input({ name: `mask${i}`, type: 'uint8', shape: [batch, ...shape] });
    return graph.node('Mul', [graph.node('Cast', [kept], { to: 1 }), graph.floats(1 / (1 - dropout))]);
  });
  for (const name of ['weights', 'first', 'second']) graph.input({ name, type: 'float', shape: flat });
  graph.input({ name: 'rate', type: 'float', shape: [] });

  const pieces = graph.nodes('Split', ['weights', graph.ints(...list.map(({ length }) => length))], list.length);
  const shaped = new Map(
    list.map(({ name, shape }, i) => [name, graph.node('Reshape', [pieces[i]!, graph.ints(...shape)])]),
  );
  const weight = (name: string): string => shaped.get(name)!;

  const trace = addForward(graph, network, 'intensity', weight, { masks });
  const logProbability = graph.node('LogSoftmax', [trace.logits], { axis: 1 });
  const agreement = graph.node('ReduceSum', [graph.node('Mul', ['labels', logProbability])], { keepdims: 0 });
  graph.node('Mul', [agreement, graph.floats(-1 / batch)], {}, 'loss');
  const difference = graph.node('Sub', [graph.node('Exp', [logProbability]), 'labels']);
  const logitsGradient = graph.node('Mul', [difference, graph.floats(1 / batch)]);
  const gradients = addBackward(graph, network, trace, logitsGradient, weight);
  const flattened = list.map(({ name }) => graph.node('Reshape', [gradients.get(name)!, graph.ints(-1)]));
  graph.node('Concat', flattened, { axis: 0 }, 'gradient');
  updateByAdam(graph, 'gradient');

  graph.node('Identity', [trace.logits], {}, 'logits');
  graph.output({ name: 'loss', type: 'float', shape: [] });
  graph.output({ name: 'logits', type: 'float', shape: [batch, classes.length] });
  for (const name of ['next_weights', 'next_first', 'next_second', 'gradient']) {
    graph.output({ name, type: 'float', shape: flat });
  }
  return graph.encode();
}
