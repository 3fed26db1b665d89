import protobuf from 'protobufjs/minimal.js';
import { parameterCount, parameters, type NetworkDescription } from './description';

/** Calls `visit` for every length-delimited field of a message and skips the others; field numbers as in `onnx.ts`. */
function walk(bytes: Uint8Array, visit: (field: number, content: Uint8Array) => void): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === 2) visit(tag >>> 3, reader.bytes());
    else reader.skipType(tag & 7);
  }
}

/**
 * The weights in an ONNX file that this program wrote, e.g. to train on from them.
 * @returns the flat vector of all parameters
 * @throws RangeError when the file does not hold exactly the network's parameters
 */
export function readWeights(bytes: Uint8Array, network: NetworkDescription): Float32Array {
  const tensors = new Map<string, Uint8Array>();
  walk(bytes, (modelField, graph) => {
    if (modelField !== 7) return;
    walk(graph, (graphField, tensor) => {
      if (graphField !== 5) return;
      let name = '';
      let data: Uint8Array | undefined;
      walk(tensor, (field, content) => {
        if (field === 8) name = new TextDecoder().decode(content);
        if (field === 9) data = content;
      });
      if (data) tensors.set(name, data);
    });
  });
  const weights = new Float32Array(parameterCount(network));
  for (const { name, offset, length } of parameters(network)) {
    const data = tensors.get(name);
    if (data?.length !== 4 * length) throw new RangeError(`the file does not hold ${length} numbers of ${name}`);
    new Uint8Array(weights.buffer, 4 * offset, 4 * length).set(data);
  }
  return weights;
}
