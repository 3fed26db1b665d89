import { closeSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { createDecoder, type ElementKind } from '@main/hdf5/bitshuffle/decoder';
import { hdf5Module as hdf5 } from '@main/hdf5/runtime';
import { signaturePlace } from '@main/hdf5/superblock';
import type { Metadata } from 'h5wasm/node';
import { bytesOf, longAt, type Bytes } from './bytes';
import { chunkTable } from './table';

/** Frames of a dataset of which each is a chunk of its own, read past the HDF5 library. */
export interface DirectFrames {
  /**
   * Rows [rows[0], rows[1]) of a frame, or all of it, as floats, valid until the next call.
   * @returns undefined where the library has to read this frame: it was written otherwise, or cannot be read here
   */
  read(frame: number, rows?: readonly [number, number]): Float32Array | undefined;
  /** Digest of a frame as it is stored, compressed: far cheaper than decoding it. Undefined where it is not there, or stored otherwise. */
  print(frame: number): string | undefined;
  close(): void;
}

const BITSHUFFLE = 32008;
const LZ4 = 2;
const INTEGER = 0;

/** The one filter and the one kind of numbers that are decoded here. */
function kindOf(
  handle: bigint,
  object: string,
  { type, size, signed, littleEndian }: Metadata,
): ElementKind | undefined {
  const [filter, ...more] = hdf5.get_dataset_filters(handle, object);
  if (filter?.id !== BITSHUFFLE || filter.cd_values[4] !== LZ4 || more.length > 0) return undefined;
  if (type !== INTEGER || !littleEndian || (size !== 1 && size !== 2 && size !== 4)) return undefined;
  return signed && size !== 4 ? undefined : { bytes: size, signed };
}

/** Whether addresses count from the signature and have eight bytes, as nearly all files'. */
function plainAddresses(bytes: Bytes, signature: number): boolean {
  const head = bytes.at(0, 48);
  const version = head.getUint8(8);
  const [sizes, base] = version === 0 ? [13, 24] : version === 1 ? [13, 28] : [9, 12];
  const eight = head.getUint8(sizes) === 8 && head.getUint8(sizes + 1) === 8;
  const told = longAt(head, base);
  return version <= 3 && eight && (told === 0 || told === signature);
}

/**
 * Opens a file beside the library's own handle. The library gives counts as integers and of whole chunks; here a chunk is
 * decoded to the floats that are wanted, and of a part of a frame only that part.
 * @returns undefined where the file is built in a way that is not known here: the library reads it then
 */
export function directFrames(
  path: string,
  handle: bigint,
  object: string,
  metadata: Metadata,
): DirectFrames | undefined {
  const { shape, chunks } = metadata;
  if (shape?.length !== 3 || chunks?.[0] !== 1 || chunks[1] !== shape[1] || chunks[2] !== shape[2]) return undefined;
  const kind = kindOf(handle, object, metadata);
  if (!kind) return undefined;
  const [, rows, cols] = shape as [number, number, number];
  const descriptor = openSync(path, 'r');
  try {
    const signature = signaturePlace(descriptor) ?? 0;
    const bytes = bytesOf(descriptor, signature);
    if (!plainAddresses(bytes, signature)) throw new RangeError('addresses of another kind');
    // An object's reference is the address of its header.
    const reference = Uint8Array.from(hdf5.create_object_reference(handle, object));
    const place = longAt(new DataView(reference.buffer), 0);
    if (place === undefined) throw new RangeError('no address');
    const table = chunkTable(bytes, place, shape);
    const decoder = createDecoder(rows * cols, kind);
    // Nothing compressed is much larger than what it holds.
    const largest = 2 * rows * cols * kind.bytes + 4096;
    return {
      read(frame, [top, bottom] = [0, rows]) {
        const chunk = table.get(frame);
        if (!chunk || chunk.skipped !== 0 || chunk.bytes > largest) return undefined;
        return attempt(() => {
          bytes.fill(decoder.room(chunk.bytes), chunk.place);
          return decoder.decode(chunk.bytes, top * cols, bottom * cols);
        });
      },
      print(frame) {
        const chunk = table.get(frame);
        if (!chunk || chunk.bytes > largest) return undefined;
        return attempt(() => {
          const stored = decoder.room(chunk.bytes);
          bytes.fill(stored, chunk.place);
          return `${chunk.bytes}:${chunk.skipped}:${crc32(stored)}`;
        });
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What is damaged is left to the library, which says what is wrong in its own way. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) return undefined;
    throw error;
  }
}
