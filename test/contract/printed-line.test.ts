import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineOfPrinted, printedLine, printedLineSchema } from '@contract/printed-line';
import type { Reduction, VerdictLine } from '@contract/scan';

const positive = fc.double({ min: 1e-6, max: 1e3, noNaN: true });
const reductions: fc.Arbitrary<Reduction> = fc
  .record(
    {
      q: positive,
      dAngstrom: positive,
      voxelInvAngstrom: positive,
      oversampling: positive,
      measuredOversampling: positive,
    },
    { requiredKeys: ['voxelInvAngstrom', 'oversampling'] },
  )
  .map((made) => ({ method: 'linear', frames: 41, peak: [1, 2, 3], ...made }));
const lines: fc.Arbitrary<VerdictLine> = fc
  .record(
    { reduction: reductions, timingsMs: fc.dictionary(fc.constantFrom('read', 'reduce'), positive) },
    { requiredKeys: [] },
  )
  .map((made) => ({ scan: 'S1', source: '/a', format: 'bliss', state: 'classified', warnings: [], ...made }));

it('law: a printed line, read from its text, is the line', () => {
  fc.assert(
    fc.property(lines, (line) => {
      const read = printedLineSchema.parse(JSON.parse(JSON.stringify(printedLine(line))));
      expect(lineOfPrinted(read)).toEqual(line);
    }),
  );
});

it('is spelt as DESIGN section 6 says', () => {
  const made = { frames: 201, peak: [99, 126, 127] as [number, number, number], q: 2.69, oversampling: 3.9 };
  const line: VerdictLine = {
    ...{ scan: 'S0054', source: '/a', format: 'spec-tiff', state: 'classified', warnings: [] },
    reduction: { method: 'linear', ...made, dAngstrom: 2.335, voxelInvAngstrom: 0.00071, measuredOversampling: 4.1 },
    timingsMs: { read: 210 },
  };
  expect(printedLine(line)).toEqual({
    ...{ scan: 'S0054', source: '/a', format: 'spec-tiff', state: 'classified', warnings: [] },
    reduction: {
      ...{ method: 'linear', ...made, d_angstrom: 2.335 },
      ...{ voxel_inv_angstrom: 0.00071, oversampling_measured: 4.1 },
    },
    timings_ms: { read: 210 },
  });
});
