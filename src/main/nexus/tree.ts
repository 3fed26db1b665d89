import type { Dataset, Group, GuessableDataTypes } from 'h5wasm/node';

/** Adds a group of a NeXus class. */
export function addGroup(parent: Group, name: string, nxClass: string): Group {
  const group = parent.create_group(name);
  group.create_attribute('NX_class', nxClass);
  return group;
}

/** Adds a scalar: numbers as float64, as BLISS does. */
export function addValue(parent: Group, name: string, value: number | string, units?: string): void {
  const dataset =
    typeof value === 'string'
      ? parent.create_dataset({ name, data: value })
      : parent.create_dataset({ name, data: value, dtype: '<d', shape: [] });
  if (units !== undefined) dataset.create_attribute('units', units);
}

/** Adds an empty 1-D float64 dataset that `extend` lets grow. */
export function addColumn(parent: Group, name: string, units?: string): void {
  const dataset = parent.create_dataset({
    name,
    data: new Float64Array(0),
    shape: [0],
    maxshape: [null],
    chunks: [128],
  });
  if (units !== undefined) dataset.create_attribute('units', units);
}

/** Appends along the first axis; `values` holds whole entries of that axis. */
export function extend(dataset: Dataset, values: Extract<GuessableDataTypes, ArrayBufferView>): void {
  const [length = 0, ...rest] = dataset.shape ?? [];
  const count = values.length / rest.reduce((product, n) => product * n, 1);
  dataset.resize([length + count, ...rest]);
  dataset.write_slice([[length, length + count], ...rest.map((n): [number, number] => [0, n])], values);
}
