import { addBackward } from './backward';
import { createGraphBuilder } from './builder';
import { maskShapes, parameterCount, parameters, type NetworkDescription } from './description';
import { addForward } from './forward';

/**
 * Loss and gradient of a batch as an ONNX file: forward pass, categorical cross-entropy, backward pass.
 *
 * Inputs: `intensity` (batch x window^3: the central cube alone), `family` (batch x families, of a network that is told), `labels` (batch x classes, each row summing to 1), `mask0`, `mask1`, ...
 * (uint8, 1 = kept, batch x {@link maskShapes}; none without dropout), `weights` (flat, see {@link parameters}).
 * Outputs: `loss` (scalar), `logits` (batch x classes) and `gradient` (flat). Loss and gradient are sums over the batch, so that a
 * larger batch can be gone through in parts that fit into a processor's cache.
 * @param byIndices whether pools may remember indices, which WebGPU has none of
 */
export function buildGradient(network: NetworkDescription, byIndices = true): Uint8Array {
  const graph = createGraphBuilder(`${network.name} gradient`);
  const { window, classes, dropout, families } = network;
  const list = parameters(network);
  const flat = [parameterCount(network)];

  graph.input({ name: 'intensity', type: 'float', shape: ['batch', window, window, window] });
  if (families) graph.input({ name: 'family', type: 'float', shape: ['batch', families.length] });
  graph.input({ name: 'labels', type: 'float', shape: ['batch', classes.length] });
  const masks = maskShapes(network).map((shape, i) => {
    const kept = graph.input({ name: `mask${i}`, type: 'uint8', shape: ['batch', ...shape] });
    return graph.node('Mul', [graph.node('Cast', [kept], { to: 1 }), graph.floats(1 / (1 - dropout))]);
  });
  graph.input({ name: 'weights', type: 'float', shape: flat });

  const pieces = graph.nodes('Split', ['weights', graph.ints(...list.map(({ length }) => length))], list.length);
  const shaped = new Map(
    list.map(({ name, shape }, i) => [name, graph.node('Reshape', [pieces[i]!, graph.ints(...shape)])]),
  );
  const weight = (name: string): string => shaped.get(name)!;

  const trace = addForward(graph, network, 'intensity', 'family', weight, { masks, byIndices });
  const logProbability = graph.node('LogSoftmax', [trace.logits], { axis: 1 });
  const agreement = graph.node('ReduceSum', [graph.node('Mul', ['labels', logProbability])], { keepdims: 0 });
  graph.node('Neg', [agreement], {}, 'loss');
  const difference = graph.node('Sub', [graph.node('Exp', [logProbability]), 'labels']);
  const gradients = addBackward(graph, network, trace, difference, weight);
  const flattened = list.map(({ name }) => graph.node('Reshape', [gradients.get(name)!, graph.ints(-1)]));
  graph.node('Concat', flattened, { axis: 0 }, 'gradient');

  graph.node('Identity', [trace.logits], {}, 'logits');
  graph.output({ name: 'loss', type: 'float', shape: [] });
  graph.output({ name: 'logits', type: 'float', shape: ['batch', classes.length] });
  graph.output({ name: 'gradient', type: 'float', shape: flat });
  return graph.encode();
}
