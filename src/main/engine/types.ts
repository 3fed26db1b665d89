/** Runs a network. Two adapters: `onnx` (always there) and, from issue 4, `tensorflow`. */
export interface Engine {
  /** e.g. `onnx/cpu`. */
  readonly name: string;
  /**
   * Logits of `count` volumes, count x classes.
   * @param volumes count x 64 x 64 x 64, centre of mass at the centre, maximum 1, Q frame
   */
  predict(volumes: Float32Array, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}
