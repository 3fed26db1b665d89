/** Patterns to learn from, wherever they are. */
export interface PatternSet {
  readonly entries: readonly PatternEntry[];
  /** One pattern: 64^3, maximum 1, Q frame. The caller must not change it. */
  read(index: number): Promise<Float32Array>;
}

export interface PatternEntry {
  /** Patterns of one crystal never part: see `splitByCrystal`. */
  readonly crystal: string | number;
  /** 0 perfect, 1 screw, 2 edge. */
  readonly label: number;
  /** 2 pi / (D dq). */
  readonly oversampling: number;
}
