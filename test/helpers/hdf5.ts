import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { h5wasm } from '@main/hdf5/index';

const BITSHUFFLE = 32008;
const LZ4 = 2;

type Value = string | number | Float64Array | Uint32Array | Uint8Array | Int32Array;

/** An HDF5 file written path by path; groups come into being on the way. */
export interface Tree {
  group(path: string, attributes?: Readonly<Record<string, string | readonly number[]>>): void;
  put(path: string, value: Value, attributes?: Readonly<Record<string, string | readonly number[]>>): void;
  /** A list of rows x cols, or a stack, one frame per chunk. */
  array(
    path: string,
    data: Uint32Array | Float32Array | Uint8Array,
    shape: readonly number[],
    attributes?: Readonly<Record<string, string>>,
  ): void;
  link(path: string, file: string, object: string): void;
  softLink(path: string, target: string): void;
}

/** Writes an HDF5 file. */
export function writeTree(path: string, fill: (tree: Tree) => void): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = new h5wasm.File(path, 'w');
  const made = new Set<string>(['']);
  const group = (at: string): InstanceType<typeof h5wasm.Group> => {
    if (!made.has(at)) {
      group(at.slice(0, Math.max(0, at.lastIndexOf('/'))));
      file.create_group(at.slice(1));
      made.add(at);
    }
    return new h5wasm.Group(file.file_id, at === '' ? '/' : at);
  };
  const split = (at: string): [InstanceType<typeof h5wasm.Group>, string] => {
    const cut = at.lastIndexOf('/');
    return [group(at.slice(0, cut)), at.slice(cut + 1)];
  };
  const annotate = (at: string, attributes: Readonly<Record<string, string | readonly number[]>> = {}): void => {
    const object = file.get(at);
    if (!(object instanceof h5wasm.Group) && !(object instanceof h5wasm.Dataset)) return;
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === 'string') object.create_attribute(name, value);
      else object.create_attribute(name, Float64Array.from(value), [value.length], '<d');
    }
  };
  fill({
    group(at, attributes) {
      group(at);
      annotate(at, attributes);
    },
    put(at, value, attributes) {
      const [parent, name] = split(at);
      if (typeof value === 'number') parent.create_dataset({ name, data: value, shape: [], dtype: '<d' });
      else parent.create_dataset({ name, data: value });
      annotate(at, attributes);
    },
    array(at, data, shape, attributes) {
      const [parent, name] = split(at);
      const chunks = shape.length >= 3 ? [1, ...shape.slice(1)] : [...shape];
      parent.create_dataset({
        name,
        data,
        shape: [...shape],
        chunks,
        compression: BITSHUFFLE,
        compression_opts: [0, LZ4],
      });
      annotate(at, attributes);
    },
    softLink(at, target) {
      const [parent, name] = split(at);
      parent.create_soft_link(target, name);
    },
    link(at, target, object) {
      const [parent, name] = split(at);
      parent.create_external_link(target, object, name);
    },
  });
  file.close();
}
