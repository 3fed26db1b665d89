import { describe, expect, it } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { stream } from '@core/random/stream';
import { longRun } from '../../../fault/support/long-run';
import { disturb } from '../../../helpers/disturbed';
import { instruments } from '../../../helpers/instruments';
import { layouts } from '../../../helpers/layouts';
import { seen } from '../../../helpers/seen';
import { temporaryFolders } from '../folder';

const newFolder = temporaryFolders();
const names = Object.keys(layouts);
/** By command: `BRAGGWATCH_DISTURBED=500 BRAGGWATCH_RUNS=runs npx vitest run test/main/scan/layouts/disturbed.test.ts`. */
const COUNT = Number(process.env['BRAGGWATCH_DISTURBED'] ?? names.length);
/** Far more than one ever took. */
const MOST_MS = 120_000;
/** Layouts whose mask has a layer for each frame. */
const MASKED = /^(CXI|NPZ|cdiutils|bcdi)/;

/** What is wrong with how one scan was judged. */
async function judged(n: number): Promise<string[]> {
  const name = names[n % names.length]!;
  const layout = layouts[name]!;
  const { truth, way, dark, dropped } = disturb(
    instruments[layout.instrument],
    stream(n, 'disturbed'),
    MASKED.test(name),
  );
  const about = `${name}, ${way}, ${dropped} dropped, dark ${dark.join(' ') || 'none'}`;
  try {
    const scan = await seen(layout.write(newFolder(), truth), truth, layout.answers?.(truth));
    const { judgement, correlation, record } = scan;
    const wrong = [
      ...(judgement.sure && judgement.class !== 'screw' ? [`surely ${judgement.class}`] : []),
      // Where more is filled than can be known, the verdict says so itself.
      ...(correlation < 0.98 && !record.doubts.includes('unmeasured') ? [`correlation ${correlation.toFixed(3)}`] : []),
    ];
    return wrong.map((what) => `${about}: ${what}`);
  } catch (error) {
    // Refused, it says why.
    if (error instanceof BraggwatchError && error.code !== 'internal') return [`${about}: refused, ${error.message}`];
    throw error;
  }
}

describe('a scan as beamlines really measure it, through the reader of each layout', () => {
  it(
    `is the same crystal, or says that it is not sure, whatever frames lack, are dark or masked, in any order: ${COUNT} scans`,
    async () => {
      const { done, wrong, met } = await longRun('disturbed', COUNT, async (n) => ({
        wrong: await judged(n),
        met: [names[n % names.length]!],
      }));
      expect(wrong).toEqual([]);
      expect(done).toBe(COUNT);
      expect(met.size).toBe(Math.min(COUNT, names.length));
    },
    COUNT * MOST_MS,
  );
});
