import type { ScanSummary } from '@contract/scan';
import type { DefectClass } from '@vocabulary/classes';
import { judged } from './fake-scans';

/** The four samples of the night, in the order in which they were mounted. */
export const samples = ['pt_111', 'pt_100', 'au_111', 'ni_111'] as const;
/** Scans of each sample; what is measured twice lies at the same place. */
const each = 75;
const particles = 60;

const classes: readonly DefectClass[] = ['perfect', 'perfect', 'screw', 'perfect', 'edge'];
/** The shift begins at ten in the evening; a rocking curve takes two minutes. */
const begin = Date.UTC(2026, 4, 13, 22);
const minutes = 60_000;

/** Scan `n` of the night, from 1 on, as it is judged. The files of all of them came over in the morning, in one go. */
function nightScan(n: number): ScanSummary {
  const at = n - 1;
  const particle = (at % each) % particles;
  const [x, y] = [2 * (particle % 10), 2 * Math.floor(particle / 10)];
  const micrometres = [x, y];
  return judged(n, classes[(7 * particle + 3 * Math.floor(at / each)) % 5]!, particle % 6 === 0 ? 0.6 : 0.93, {
    sample: samples[Math.floor(at / each)]!,
    hkl: [1, 1, 1],
    startedAt: new Date(begin + 2 * minutes * at).toISOString(),
    seenAt: '2026-05-14T08:30:00.000Z',
    position: {
      axes: ['x', 'y'].map((name, axis) => ({ name, micrometres: micrometres[axis]!, motors: [`pi${name}`] })),
      readings: ['x', 'y'].map((name, axis) => ({ motor: `pi${name}`, value: micrometres[axis]!, unit: 'um' })),
    },
  });
}

/** Three hundred scans over four samples, the first one first. */
export const night: readonly ScanSummary[] = Array.from({ length: samples.length * each }, (_, at) =>
  nightScan(at + 1),
);
