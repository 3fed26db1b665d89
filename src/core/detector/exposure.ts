import { stream } from '@core/random/stream';
import { sampleBackground } from './background';
import { applyFaults, type Faults } from './faults';
import { highestIntensity, type ForwardModel } from './forward';

/** How a scan is exposed. */
export interface Exposure {
  readonly frames: number;
  /** Expected counts of the brightest pixel. */
  readonly peakCounts: number;
  /** Where the brightest pixel is looked for: distance from the reflection, 1/angstrom. */
  readonly peakWithin: number;
  /** Expected background counts per pixel. */
  readonly background: Float32Array;
  readonly faults: Faults;
  readonly seed: number;
}

/** A scan's raw frames, each the same whenever and in whatever order it is asked for. */
export interface Exposed {
  /** Counts per unit of the model's intensity. */
  readonly gain: number;
  /** Raw counts, rows x cols. */
  frame(index: number): Int32Array;
}

/**
 * Counts as a photon-counting detector reads them: Poisson in signal and background, then the detector's own faults.
 * @throws RangeError where no pixel of the scan comes near the reflection
 */
export function expose(model: ForwardModel, exposure: Exposure): Exposed {
  const { background, faults, frames, seed } = exposure;
  const pixels = background.length;
  const addBackground = sampleBackground(background);
  const signal = new Float32Array(pixels);
  const highest = highestIntensity(model, frames, pixels, exposure.peakWithin).value;
  if (!(highest > 0)) throw new RangeError('the reflection lies outside the scan');
  const gain = exposure.peakCounts / highest;
  return {
    gain,
    frame(index) {
      model.frame(index, signal);
      const counts = new Int32Array(pixels);
      const photons = stream(seed, 'signal', index);
      for (let pixel = 0; pixel < pixels; pixel++) {
        if (signal[pixel]! > 0) counts[pixel] = photons.poisson(gain * signal[pixel]!);
      }
      addBackground(counts, stream(seed, 'background', index));
      applyFaults(counts, faults, stream(seed, 'faults', index));
      return counts;
    },
  };
}
