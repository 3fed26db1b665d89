import type { ScanSource } from '@main/scan/types';

/** Frames in memory, as a file would give them. @param shape rows and columns of each */
export function memorySource(
  counts: Float32Array,
  [rows, cols]: readonly [number, number],
  change: Partial<ScanSource> = {},
): ScanSource {
  const pixels = rows * cols;
  const frames = counts.length / pixels;
  return {
    facts: {
      ref: { format: 'npz', source: '/none', number: 1 },
      name: 'S1',
      title: '',
      framesExpected: frames,
      framesPresent: frames,
      whole: true,
      frameShape: [rows, cols],
      positions: {},
      warnings: [],
    },
    read: (from, to) => counts.slice(from * pixels, to * pixels),
    close: () => undefined,
    ...change,
  };
}
