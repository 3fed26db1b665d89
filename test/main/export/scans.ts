import type { ExportedScan } from '@contract/export';

/** A flagged, overruled scan with recorded positions; `over` says what is particular. */
export const exported = (over: Partial<ExportedScan> = {}): ExportedScan => ({
  id: 'a1',
  scan: 'S0037',
  source: '/data/pt.h5',
  format: 'bliss',
  state: 'classified',
  title: 'Pt particle, 111',
  class: 'screw',
  probabilities: { perfect: 0.013, screw: 0.974, edge: 0.013 },
  defective: 0.987,
  sure: true,
  q: 2.7741,
  dAngstrom: 2.265,
  flagged: true,
  note: '',
  seenAt: '2026-05-13T01:12:00.000Z',
  judgedAt: '2026-05-13T01:13:00.000Z',
  ...over,
});
