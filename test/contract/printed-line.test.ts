import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineOfPrinted, printedLine, printedLineSchema } from '@contract/printed-line';
import type { Reduction, VerdictLine } from '@contract/scan';
import type { Verdict } from '@contract/verdict';

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
const share = fc.double({ min: 0, max: 1, noNaN: true });
const witnesses: fc.Arbitrary<NonNullable<Verdict['inside']>> = fc
  .record({
    freeError: share,
    bodyNm: fc.option(positive),
    phaseSpreadRad: share,
    lines: fc.array(
      fc.record({
        lengthOfSize: share,
        angleToQDeg: fc.double({ min: 0, max: 90, noNaN: true }),
        winding: fc.integer(),
      }),
      { maxLength: 3 },
    ),
  })
  .map((found) => ({ says: 'line', starts: 5, agreeing: 4, character: 'edge', testimony: 'agrees', ...found }));
const verdicts: fc.Arbitrary<Verdict> = fc.record({ inside: witnesses }, { requiredKeys: [] }).map((beside) => ({
  ...{ class: 'edge', defective: 0.75, probabilities: { perfect: 0.25, edge: 0.75 }, sure: true },
  ...beside,
}));
const lines: fc.Arbitrary<VerdictLine> = fc
  .record(
    { verdict: verdicts, reduction: reductions, timingsMs: fc.dictionary(fc.constantFrom('read', 'reduce'), positive) },
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
    verdict: {
      ...{ class: 'screw', defective: 0.9, probabilities: { perfect: 0.1, screw: 0.9 }, sure: true },
      inside: {
        ...{ says: 'line', starts: 5, agreeing: 5, character: 'screw', testimony: 'agrees' },
        ...{ freeError: 0.1, bodyNm: 200, phaseSpreadRad: 0.5 },
        lines: [{ lengthOfSize: 0.9, angleToQDeg: 3, winding: 1 }],
      },
    },
  };
  expect(printedLine(line)).toEqual({
    ...{ scan: 'S0054', source: '/a', format: 'spec-tiff', state: 'classified', warnings: [] },
    reduction: {
      ...{ method: 'linear', ...made, d_angstrom: 2.335 },
      ...{ voxel_inv_angstrom: 0.00071, oversampling_measured: 4.1 },
    },
    timings_ms: { read: 210 },
    verdict: {
      ...{ class: 'screw', defective: 0.9, probabilities: { perfect: 0.1, screw: 0.9 }, sure: true },
      inside: {
        ...{ says: 'line', starts: 5, agreeing: 5, character: 'screw', testimony: 'agrees' },
        ...{ free_error: 0.1, body_nm: 200, phase_spread_rad: 0.5 },
        lines: [{ length_of_size: 0.9, angle_to_q_deg: 3, winding: 1 }],
      },
    },
  });
});
