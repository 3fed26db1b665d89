/** Where a chunk lies in its file. */
export interface Chunk {
  readonly place: number;
  readonly bytes: number;
  /** Bit n set: filter n was left out when it was written. */
  readonly skipped: number;
}

/** The chunk of each index along the first axis; undefined where none was written. */
export type ChunkTable = ReadonlyMap<number, Chunk>;
