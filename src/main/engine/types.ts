import type { TrainingState } from '@core/network/adam';
import type { Families } from '@core/network/family';

export interface Prediction {
  readonly logits: Float32Array;
  readonly features: Float32Array | undefined;
}

/** Runs a network. Two adapters: `onnx` (always there) and, from issue 4, `tensorflow`. */
export interface Engine {
  /** e.g. `onnx/cpu`. */
  readonly name: string;
  /**
   * Logits of `count` volumes, count x classes.
   * @param volumes count x 64 x 64 x 64, centre of mass at the centre, maximum 1, Q frame
   * @param families of the reflections that they show, for a network that is told; all unknown when left out
   */
  predict(volumes: Float32Array, count: number, families?: Families): Promise<Float32Array>;
  /**
   * Logits as {@link predict} gives them, and what the output layer sees of each volume, count x features.
   * @returns features undefined for a model from before they were given
   */
  portray(volumes: Float32Array, count: number, families?: Families): Promise<Prediction>;
  close(): Promise<void>;
}

export interface TrainingBatch {
  /** batch x window^3: the central cubes that the network's layers see. */
  readonly volumes: Float32Array;
  /** batch x families, see `familyInput`; empty for a network that is told nothing. */
  readonly families: Float32Array;
  /** batch x classes, each row summing to 1. */
  readonly labels: Float32Array;
  /** One per hidden layer, 1 = kept; none without dropout. */
  readonly masks: readonly Uint8Array[];
}

/** Takes training steps with Adam. */
export interface TrainingEngine {
  readonly name: string;
  /**
   * @param rate learning rate
   * @param step 1 for the first
   */
  step(
    state: TrainingState,
    batch: TrainingBatch,
    rate: number,
    step: number,
  ): Promise<{ readonly state: TrainingState; readonly loss: number; readonly logits: Float32Array }>;
  close(): Promise<void>;
}
