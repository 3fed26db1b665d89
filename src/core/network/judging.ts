import { createGraphBuilder, type GraphBuilder } from './builder';
import { featureCount, parameterCount, parameters, type NetworkDescription } from './description';
import { addForward } from './forward';

/** Quarter turns about Q, each with and without a mirror that holds Q: what a label does not depend on. */
export const SPINS = 8;

/**
 * The central cube of each volume, batch x window^3, mirrored or not across each of the axes 1 and 2. A mirror leaves index size / 2
 * where it is, so the cube it cuts begins one voxel later.
 */
function cutWindow(
  graph: GraphBuilder,
  { size, window }: NetworkDescription,
  intensity: string,
  mirrored: readonly [boolean, boolean],
): string {
  const from = [false, ...mirrored].map((mirror) => (size - window) / 2 + (mirror ? 1 : 0));
  const to = from.map((first) => first + window);
  const cut = graph.node('Slice', [intensity, graph.ints(...from), graph.ints(...to), graph.ints(1, 2, 3)]);
  const axes = mirrored.flatMap((mirror, n) => (mirror ? [n + 2] : []));
  if (axes.length === 0) return cut;
  // Turned round after cutting: onnxruntime 1.30's WebGPU reads from elsewhere when a backward slice does not begin at the end.
  const all = (value: number): string => graph.ints(...axes.map(() => value));
  return graph.node('Slice', [cut, all(-1), all(-window - 1), graph.ints(...axes), all(-1)]);
}

/** The eight symmetric variants of each window, one after another along the batch. */
function spinWindows(graph: GraphBuilder, network: NetworkDescription, intensity: string): string {
  const sides = [false, true];
  const cut = sides.flatMap((a) => sides.map((b) => cutWindow(graph, network, intensity, [a, b])));
  const swapped = cut.map((window) => graph.node('Transpose', [window], { perm: [0, 1, 3, 2] }));
  return graph.node('Concat', [...cut, ...swapped], { axis: 0 });
}

/**
 * The network with its weights as an ONNX file, to judge with.
 * Inputs `intensity` (batch x size x size x size, maximum 1, centre of mass at the centre, Q frame) and, where the network is told of families,
 * `family` (batch x families, see `familyInput`); outputs `logits` (batch x classes)
 * and `features` (batch x {@link featureCount}), what the output layer sees.
 * @param weights the flat vector of all parameters, see {@link parameters}
 * @param spins 8: the mean of all eight variants, so that a quarter turn or a mirror changes nothing; 1: as it comes
 * @throws RangeError when `weights` has another length than the network needs, or the window leaves no room to mirror it
 */
export function buildForward(
  network: NetworkDescription,
  weights: Float32Array,
  spins: 1 | typeof SPINS = 1,
): Uint8Array {
  if (weights.length !== parameterCount(network)) {
    throw new RangeError(`${weights.length} weights for a network of ${parameterCount(network)}`);
  }
  const { name, size, window, classes, families } = network;
  if (spins !== 1 && window >= size) throw new RangeError('a window as large as the volume cannot be mirrored');
  const graph = createGraphBuilder(name);
  const intensity = graph.input({ name: 'intensity', type: 'float', shape: ['batch', size, size, size] });
  for (const parameter of parameters(network)) {
    const { shape, offset, length } = parameter;
    graph.initializer(parameter.name, { type: 'float', shape, data: weights.subarray(offset, offset + length) });
  }
  const seen =
    spins === 1 ? cutWindow(graph, network, intensity, [false, false]) : spinWindows(graph, network, intensity);
  const told = families && graph.input({ name: 'family', type: 'float', shape: ['batch', families.length] });
  const all = told && (spins === 1 ? told : graph.node('Concat', Array<string>(spins).fill(told), { axis: 0 }));
  const { logits, features } = addForward(graph, network, seen, all ?? '', (key) => key);
  const average = (values: string, length: number, key: string): void => {
    const variants = graph.node('Reshape', [values, graph.ints(spins, -1, length)]);
    graph.node('ReduceMean', [variants, graph.ints(0)], { keepdims: 0 }, key);
    graph.output({ name: key, type: 'float', shape: ['batch', length] });
  };
  average(logits, classes.length, 'logits');
  average(features, featureCount(network), 'features');
  return graph.encode();
}
