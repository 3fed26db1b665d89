/** Tags of a TIFF page (TIFF 6.0): width, length, bits, compression, photometric, strip offset, rows per strip, strip bytes, sample format. */
const [WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC, OFFSET, ROWS, BYTES, FORMAT] = [
  256, 257, 258, 259, 262, 273, 278, 279, 339,
] as const;
const TAGS = 9;
const HEADER = 8;
const PAGE = 2 + 12 * TAGS + 4;
/** IEEE floating point. */
const FLOAT = 3;

/**
 * Encodes a stack as one TIFF of as many pages: float32, little-endian, not compressed.
 * @param shape pages, rows, columns
 * @throws RangeError where it does not fit into the 4 GiB that a TIFF can address
 */
export function encodeTiff(shape: readonly [number, number, number], data: Float32Array): Uint8Array {
  const [pages, rows, cols] = shape;
  const bytes = 4 * rows * cols;
  const pageAt = (page: number): number => HEADER + page * PAGE;
  const dataAt = (page: number): number => pageAt(pages) + page * bytes;
  if (dataAt(pages) > 2 ** 32) throw new RangeError(`a TIFF of ${pages} x ${rows} x ${cols} voxels`);
  const out = new Uint8Array(dataAt(pages));
  const view = new DataView(out.buffer);
  out.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, pageAt(0), true);
  for (let page = 0; page < pages; page++) {
    const at = pageAt(page);
    view.setUint16(at, TAGS, true);
    const values = [
      [WIDTH, cols],
      [LENGTH, rows],
      [BITS, 32],
      [COMPRESSION, 1],
      [PHOTOMETRIC, 1],
      [OFFSET, dataAt(page)],
      [ROWS, rows],
      [BYTES, bytes],
      [FORMAT, FLOAT],
    ] as const;
    values.forEach(([tag, value], n) => {
      view.setUint16(at + 2 + 12 * n, tag, true);
      // A single value of 32 bits.
      view.setUint16(at + 4 + 12 * n, 4, true);
      view.setUint32(at + 6 + 12 * n, 1, true);
      view.setUint32(at + 10 + 12 * n, value, true);
    });
    view.setUint32(at + PAGE - 4, page + 1 < pages ? pageAt(page + 1) : 0, true);
  }
  for (let v = 0; v < pages * rows * cols; v++) view.setFloat32(dataAt(0) + 4 * v, data[v]!, true);
  return out;
}
