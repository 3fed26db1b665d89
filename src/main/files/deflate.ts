/** Deflate makes no more of a byte than so many. */
export const MOST_INFLATED = 1032;
