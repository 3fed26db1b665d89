import { encodeModel, type Attributes, type Node, type Port, type Tensor } from './onnx';

/** Collects the nodes of an ONNX graph in the order they are needed; every value is known by its name. */
export interface GraphBuilder {
  input(port: Port): string;
  output(port: Port): void;
  initializer(name: string, tensor: Tensor): string;
  /** A scalar, or a vector when more than one number is given. */
  floats(...values: number[]): string;
  ints(...values: number[]): string;
  /** One operator with one output; `name` where the output must be found by it. */
  node(op: string, inputs: readonly string[], attributes?: Attributes, name?: string): string;
  /** One operator with several outputs. */
  nodes(op: string, inputs: readonly string[], count: number, attributes?: Attributes): string[];
  encode(): Uint8Array;
}

/** @param name the graph's name, as viewers show it */
export function createGraphBuilder(name: string): GraphBuilder {
  const nodes: Node[] = [];
  const initializers = new Map<string, Tensor>();
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  let values = 0;

  const initializer = (key: string, tensor: Tensor): string => {
    initializers.set(key, tensor);
    return key;
  };
  const many: GraphBuilder['nodes'] = (op, from, count, attributes = {}) => {
    const made = Array.from({ length: count }, () => `v${values++}`);
    nodes.push({ op, inputs: from, outputs: made, attributes });
    return made;
  };
  return {
    input: (port) => {
      inputs.push(port);
      return port.name;
    },
    output: (port) => void outputs.push(port),
    initializer,
    floats: (...list) =>
      initializer(`c${initializers.size}`, {
        type: 'float',
        shape: list.length === 1 ? [] : [list.length],
        data: Float32Array.from(list),
      }),
    ints: (...list) =>
      initializer(`c${initializers.size}`, {
        type: 'int64',
        shape: [list.length],
        data: BigInt64Array.from(list, BigInt),
      }),
    nodes: many,
    node: (op, from, attributes = {}, key) => {
      if (key === undefined) return many(op, from, 1, attributes)[0]!;
      nodes.push({ op, inputs: from, outputs: [key], attributes });
      return key;
    },
    encode: () => encodeModel({ name, nodes, initializers, inputs, outputs }),
  };
}
