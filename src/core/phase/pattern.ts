import type { RandomStream } from '../random/stream';

/** What is known of a crystal before its phase is. */
export interface Pattern {
  /** Points along each edge: 32, 64, 128 or 256. */
  readonly size: number;
  /** size^3, at least 0, the Bragg peak at the middle. */
  readonly intensity: Float32Array;
  /** size^3, 1 where nothing was measured: those voxels are free. */
  readonly mask: Uint8Array;
  /** Of the crystal, voxels of the object: (size / oversampling)^3. */
  readonly volume: number;
}

/** Share of the measured voxels that is held out, to judge by. */
const HELD_OUT = 0.02;
/**
 * Of the edge, the radius about the peak within which none counts where retrievals are compared: the few voxels there hold most of the
 * amplitude, and those of them that are held out would decide alone which is the best (PyNX leaves the same part out of its free pixels).
 */
const CORE = 0.05;

/** What an object's transform must agree with; zero frequency at index 0. */
export interface Constraints {
  readonly amplitude: Float32Array;
  /** 1 where the object is free: not measured, or held out. */
  readonly free: Uint8Array;
  /** 1 where it is held out. */
  readonly heldOut: Uint8Array;
  /** 1 where it is held out beyond the peak's core. */
  readonly far: Uint8Array;
}

/**
 * Amplitudes with zero frequency at index 0, and which voxels the object is free to fill.
 * @param draws decides which are held out: the same for all retrievals that are to be compared
 */
export function constraintsOf({ size, intensity, mask }: Pattern, draws: RandomStream): Constraints {
  const count = size ** 3;
  const half = size / 2;
  const far = new Uint8Array(count);
  const core = CORE * size;
  const distance = (...place: readonly number[]): number => Math.hypot(...place.map((k) => Math.min(k, size - k)));
  const amplitude = new Float32Array(count);
  const free = new Uint8Array(count);
  const heldOut = new Uint8Array(count);
  let to = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++, to++) {
        const from = (((i + half) % size) * size + ((j + half) % size)) * size + ((k + half) % size);
        amplitude[to] = Math.sqrt(Math.max(0, intensity[from]!));
        const unmeasured = mask[from] !== 0;
        const held = draws.uniform() < HELD_OUT && !unmeasured && amplitude[to]! > 0;
        heldOut[to] = held ? 1 : 0;
        far[to] = held && distance(i, j, k) > core ? 1 : 0;
        free[to] = unmeasured || held ? 1 : 0;
      }
    }
  }
  return { amplitude, free, heldOut, far };
}
