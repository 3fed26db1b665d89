/** One array of counts, first axis = frame. */
export type Counts = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
