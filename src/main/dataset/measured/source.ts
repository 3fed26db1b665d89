import type { MaskRectangle, Preset } from '@contract/geometry';
import { beamline, detector } from '@main/demo/beamline';
import type { Alignment } from '@main/demo/diffractometer';
import type { ScanSource } from '@main/scan/types';

/** ID01 with a detector of no gaps and no limit of its own: what a scan's conditions say takes their place. */
export const openBeamline: Preset = {
  ...beamline,
  detectors: [{ ...detector, gaps: [], saturation: 1e9 }],
};

export interface RawCounts {
  readonly alignment: Alignment;
  readonly energyEv: number;
  readonly distanceM: number;
  readonly pixelM: number;
  readonly directBeam: readonly [number, number];
  readonly shape: readonly [number, number, number];
  readonly gaps: readonly MaskRectangle[];
  /** Frames x rows x cols. */
  readonly counts: Float32Array;
}

/** A simulated scan as the readers of files hand one on, without a file. */
export function sourceOf(scan: RawCounts): ScanSource {
  const { alignment, energyEv, distanceM, pixelM, directBeam, shape, gaps, counts } = scan;
  const [frames, rows, cols] = shape;
  return {
    facts: {
      ref: { format: 'npz', source: 'simulated', number: 1 },
      name: 'simulated',
      title: 'simulated',
      motor: 'eta',
      framesExpected: frames,
      framesPresent: frames,
      whole: true,
      ended: true,
      frameShape: [rows, cols],
      positions: { ...alignment.motors, eta: alignment.eta },
      energyEv,
      distanceM,
      pixelM: [pixelM, pixelM],
      directBeam,
      detectorName: detector.name,
      gaps,
      warnings: [],
    },
    read: (from, to) => counts.slice(from * rows * cols, to * rows * cols),
    close: () => undefined,
  };
}
