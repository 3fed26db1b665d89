import type { Browser } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ScanSummary } from '@contract/scan';
import { OverviewView } from '../../test/e2e/pages/overview-view';
import { mapped } from '../../test/e2e/support/fake-scans';
import { syntheticVolume } from '../../test/e2e/support/patterns';
import { openScreen } from './browser';
import type { ProbedWindow } from './probe';
import type { Row } from './table';
import { watchWork, workPer } from './work';

const PAST = 2000;
const NEW = 500;
const SECONDS = 60;
const WANTED_MS = 100;

/** A scan as it is told of on its way: frames land, it is reduced, it is judged. */
function* stagesOf(scan: ScanSummary): Generator<ScanSummary> {
  const unjudged = { ...scan };
  delete unjudged.verdict;
  delete unjudged.judgedAt;
  yield { ...unjudged, state: 'arriving', framesPresent: 45 };
  yield { ...unjudged, state: 'reducing' };
  yield scan;
}

/** The longest frame while five hundred scans arrive within a minute, each opened at once by a screen that follows; then with the overview open. */
export async function arrivals(browser: Browser, note: (row: Row) => void): Promise<void> {
  for (const view of ['watch', 'overview'] as const) {
    const all = mapped(PAST + NEW);
    const volume = syntheticVolume('edge', 1);
    const { page, app, url, close } = await openScreen(browser, {
      watch: { folder: '/data' },
      scans: all.slice(0, PAST),
      volume: () => volume,
    });
    try {
      await page.goto(url);
      await page.locator('[data-slice] canvas').first().waitFor();
      if (view === 'overview') await new OverviewView(page).open();
      // Starting is another measurement.
      await wait(2000);
      await page.evaluate(() => (window as unknown as ProbedWindow).benchProbe.watchFrames());
      const spent = await watchWork(page);
      const begin = performance.now();
      const stages = all.slice(PAST).flatMap((scan) => [...stagesOf(scan)]);
      for (const [n, stage] of stages.entries()) {
        await wait(Math.max(0, begin + (n * SECONDS * 1000) / stages.length - performance.now()));
        app.announce(stage);
      }
      await wait(1000);
      const work = workPer(NEW, await spent());
      const seen = await page.evaluate(() => (window as unknown as ProbedWindow).benchProbe.framesSeen());
      note({
        what: `longest frame, ${NEW} scans a minute, ${view}`,
        measured: seen.longestMs,
        wanted: WANTED_MS,
        unit: 'ms',
        besides: { frames: seen.frames, over_100_ms: seen.dropped, longest_task_ms: seen.longestTaskMs, ...work },
      });
    } finally {
      await close();
    }
  }
}
