/**
 * Writes ONNX files: the few messages of onnx.proto3 that a graph of standard operators needs.
 * Field numbers: github.com/onnx/onnx, onnx/onnx.proto3 (IR version 8, operator set 18).
 */
import protobuf from 'protobufjs/minimal.js';

type Message = (writer: protobuf.Writer) => void;

export type ElementType = 'float' | 'int64' | 'uint8';
const elementCode: Readonly<Record<ElementType, number>> = { float: 1, uint8: 2, int64: 7 };

const IR_VERSION = 8;
const OPERATOR_SET = 18;

export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array | Uint8Array;
}
/** A string dimension is a named free one, e.g. `batch`. */
export interface Port {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}
/** An integer or a list of integers: no operator here needs another kind. */
export type Attributes = Readonly<Record<string, number | readonly number[]>>;
export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}
export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

function put(writer: protobuf.Writer, field: number, message: Message): void {
  writer.uint32((field << 3) | 2).fork();
  message(writer);
  writer.ldelim();
}
const integer = (w: protobuf.Writer, field: number, value: number): void => void w.uint32(field << 3).int64(value);
const text = (w: protobuf.Writer, field: number, value: string): void => void w.uint32((field << 3) | 2).string(value);

const INT = 2;
const INTS = 7;
const attributeMessage =
  (name: string, value: number | readonly number[]): Message =>
  (w) => {
    text(w, 1, name);
    if (typeof value === 'number') integer(w, 3, value);
    else for (const item of value) integer(w, 8, item);
    integer(w, 20, typeof value === 'number' ? INT : INTS);
  };

const nodeMessage =
  (node: Node, name: string): Message =>
  (w) => {
    for (const input of node.inputs) text(w, 1, input);
    for (const output of node.outputs) text(w, 2, output);
    text(w, 3, name);
    text(w, 4, node.op);
    for (const [key, value] of Object.entries(node.attributes)) put(w, 5, attributeMessage(key, value));
  };

const tensorMessage =
  (name: string, { type, shape, data }: Tensor): Message =>
  (w) => {
    for (const length of shape) integer(w, 1, length);
    integer(w, 2, elementCode[type]);
    text(w, 8, name);
    // Raw data is little-endian by definition, as is every platform that onnxruntime and Electron run on.
    w.uint32((9 << 3) | 2).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  };

const portMessage =
  ({ name, type, shape }: Port): Message =>
  (w) => {
    text(w, 1, name);
    put(w, 2, (typeProto) => {
      put(typeProto, 1, (tensorType) => {
        integer(tensorType, 1, elementCode[type]);
        put(tensorType, 2, (shapeProto) => {
          for (const length of shape) {
            put(shapeProto, 1, (dim) => (typeof length === 'number' ? integer(dim, 1, length) : text(dim, 2, length)));
          }
        });
      });
    });
  };

/** A graph as the bytes of a `.onnx` file. */
export function encodeModel(graph: Graph): Uint8Array {
  const writer = protobuf.Writer.create();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, 'braggwatch');
  put(writer, 7, (w) => {
    graph.nodes.forEach((node, i) => put(w, 1, nodeMessage(node, `${node.op}_${i}`)));
    text(w, 2, graph.name);
    for (const [name, tensor] of graph.initializers) put(w, 5, tensorMessage(name, tensor));
    for (const port of graph.inputs) put(w, 11, portMessage(port));
    for (const port of graph.outputs) put(w, 12, portMessage(port));
  });
  put(writer, 8, (w) => integer(w, 2, OPERATOR_SET));
  return writer.finish();
}
