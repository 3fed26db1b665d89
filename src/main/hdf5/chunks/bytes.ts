import { fstatSync, readSync } from 'node:fs';

/** A file's bytes by their place, counted from the base address, never outside the file. HDF5 File Format Specification 3.0; all numbers little-endian. */
export interface Bytes {
  readonly size: number;
  /** @throws RangeError where the place is not in the file */
  at(place: number, length: number): DataView;
  /** Reads into memory that is there. @throws RangeError where the place is not in the file */
  fill(target: Uint8Array, place: number): void;
}

/** Structures that this reader knows are far smaller. */
const LARGEST = 2 ** 24;

/** @param base of the file: bytes before it belong to another program */
export function bytesOf(descriptor: number, base = 0): Bytes {
  const size = fstatSync(descriptor).size - base;
  const fill = (target: Uint8Array, place: number): void => {
    if (!(place >= 0) || place + target.length > size) throw new RangeError(`bytes ${place} of ${size}`);
    if (readSync(descriptor, target, 0, target.length, base + place) !== target.length)
      throw new RangeError('file cut');
  };
  return {
    size,
    fill,
    at(place, length) {
      if (!(length >= 0) || length > LARGEST) throw new RangeError(`${length} bytes`);
      const block = new Uint8Array(length);
      fill(block, place);
      return new DataView(block.buffer);
    },
  };
}

/** An address or a length of eight bytes; undefined for the one that means nothing. */
export function longAt(view: DataView, offset: number): number | undefined {
  const value = view.getBigUint64(offset, true);
  return value < 2n ** 53n ? Number(value) : undefined;
}

/** @throws RangeError where it means nothing */
export function placeAt(view: DataView, offset: number): number {
  const place = longAt(view, offset);
  if (place === undefined) throw new RangeError('an address of nothing');
  return place;
}

/** A number of as many bytes as given, at most eight. */
export function numberAt(view: DataView, offset: number, bytes: number): number {
  let value = 0;
  for (let b = bytes - 1; b >= 0; b--) value = value * 256 + view.getUint8(offset + b);
  return value;
}

/** @throws RangeError where a structure does not begin as it must */
export function expectSignature(view: DataView, signature: string): void {
  for (let i = 0; i < signature.length; i++)
    if (view.getUint8(i) !== signature.charCodeAt(i)) throw new RangeError(`no ${signature}`);
}
