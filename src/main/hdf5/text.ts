import type { Metadata } from 'h5wasm/node';
import { elementOf } from './block';
import { hdf5Module as hdf5 } from './runtime';

const STRING = 3;
const MAX_TEXT_BYTES = 2 ** 16;
const POINTER_BYTES = 4;

/** Bytes up to the first null. */
const untilNull = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
};

/**
 * The only string of a dataset, of fixed or variable length; undefined for anything else.
 * Read by hand: h5wasm's getter frees whatever pointer it finds when the read itself failed.
 */
export function readText(file: bigint, path: string, metadata: Metadata): string | undefined {
  return decode(file, path, '', metadata, (pointer) => hdf5.get_dataset_data(file, path, null, null, null, pointer));
}

/** The only string of an attribute; undefined where there is none of that name. */
export function readAttribute(file: bigint, path: string, name: string): string | undefined {
  if (!hdf5.get_attribute_names(file, path).includes(name)) return undefined;
  const metadata = hdf5.get_attribute_metadata(file, path, name);
  return decode(file, path, name, metadata, (pointer) => hdf5.get_attribute_data(file, path, name, pointer));
}

/** The numbers of an attribute, flat; undefined where there is none of that name, or it holds no numbers. */
export function readAttributeNumbers(file: bigint, path: string, name: string): readonly number[] | undefined {
  if (!hdf5.get_attribute_names(file, path).includes(name)) return undefined;
  const metadata = hdf5.get_attribute_metadata(file, path, name);
  const element = elementOf(metadata);
  if (!element || metadata.total_size > MAX_TEXT_BYTES / 8) return undefined;
  const bytes = Math.max(1, metadata.total_size * metadata.size);
  const pointer = hdf5._malloc(bytes);
  if (pointer === 0) return undefined;
  try {
    if (hdf5.get_attribute_data(file, path, name, BigInt(pointer)) < 0) return undefined;
    return Array.from(element.view(hdf5.HEAPU8.buffer, pointer, metadata.total_size), Number);
  } finally {
    hdf5._free(pointer);
  }
}

function decode(
  file: bigint,
  path: string,
  attribute: string,
  metadata: Metadata,
  fetch: (pointer: bigint) => number,
): string | undefined {
  if (metadata.type !== STRING || metadata.total_size !== 1 || metadata.size > MAX_TEXT_BYTES) return undefined;
  const bytes = metadata.vlen ? POINTER_BYTES : metadata.size;
  const pointer = hdf5._malloc(bytes);
  if (pointer === 0) return undefined;
  try {
    hdf5.HEAPU8.fill(0, pointer, pointer + bytes);
    if (fetch(BigInt(pointer)) < 0) return undefined;
    if (!metadata.vlen)
      return new TextDecoder().decode(untilNull(hdf5.HEAPU8.slice(pointer, pointer + bytes))).trimEnd();
    const start = new DataView(hdf5.HEAPU8.buffer).getUint32(pointer, true);
    if (start === 0) return '';
    const text = new TextDecoder().decode(untilNull(hdf5.HEAPU8.slice(start, start + MAX_TEXT_BYTES)));
    hdf5.reclaim_vlen_memory(file, path, attribute, BigInt(pointer));
    return text;
  } finally {
    hdf5._free(pointer);
  }
}
