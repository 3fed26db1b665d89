/** float32 values as they travel, little-endian bytes; copied, since bytes may begin where no Float32Array can lie. */
export const floatsOf = (bytes: Uint8Array): Float32Array<ArrayBuffer> =>
  // Not `slice`: on Node's Buffer that is a view again.
  new Float32Array(new Uint8Array(bytes).buffer);
