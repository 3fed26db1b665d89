import type { GeometryOutlook } from '@contract/geometry-outlook';
import type { ScanSummary } from '@contract/scan';
import { noAnswers } from './fake-presets';

/** Of a scan that was refused for its geometry the photon energy is missing; of the others the files record it, and a peak was found. */
export function fakeOutlook({ problem, verdict }: ScanSummary): GeometryOutlook {
  const missing = problem?.code === 'geometry-incomplete';
  return {
    recorded: missing ? noAnswers : { ...noAnswers, energyEv: 9000 },
    missing: missing ? ['energyEv'] : [],
    ...(verdict
      ? {
          spacing: 2.2757,
          near: [
            { element: 'Pt', hkl: [1, 1, 1], deviation: 0.0044, directBeam: [252.31, 261.04] },
            { element: 'Pd', hkl: [1, 1, 1], deviation: 0.0131, directBeam: null },
          ],
        }
      : { spacing: null, near: [] }),
  };
}
