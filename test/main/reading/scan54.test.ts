import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { norm } from '@core/math/vector';
import { temporaryFolder } from '../../support/build';
import { runCli } from '../../support/cli';
import { fixture } from '../../support/fixtures';

/** Nobody stated what defect the crystal has; every network so far sees none, and no change of the reading may turn that around. */
it('a measured scan goes from its frames to a verdict, its peak at the Q that xrayutilities finds', () => {
  const folder = temporaryFolder();
  const geometry = join(folder, 'geometry.json');
  // The reference assumes the direct beam at (128, 128) of the whole frame; the crop starts at (94, 95).
  writeFileSync(geometry, JSON.stringify({ directBeam: [34, 33] }));
  const ran = runCli(['classify', fixture('scan54/spec'), '--geometry', geometry, '--json', '--out', folder]);
  expect(ran.code, ran.err).toBe(0);
  const line = JSON.parse(ran.out) as {
    state: string;
    verdict: { class: string };
    reduction: { frames: number; peak: number[]; q: number };
  };
  expect(line.state).toBe('classified');
  expect(line.reduction).toMatchObject({ frames: 50, peak: [24, 32, 32] });
  const { q } = JSON.parse(readFileSync(fixture('scan54/q.json'), 'utf8')) as {
    q: { idx: number[]; q: [number, number, number] }[];
  };
  const peak = q.find(({ idx }) => idx.join() === '99,126,127');
  expect(line.reduction.q).toBeCloseTo(norm(peak!.q), 9);
  expect(line.verdict.class).toBe('perfect');
});
