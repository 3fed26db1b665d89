import type { Browser } from '@playwright/test';
import { mapped } from '../../test/e2e/support/fake-scans';
import { openScreen } from './browser';
import type { ProbedWindow } from './probe';
import type { Row } from './table';
import { cubeOf } from './volumes';
import { watchWork, workPer } from './work';

const SECONDS = 5;
/** Frames per second that are wanted of volumes of these sizes. */
const wanted = { 64: 60, 256: 30 } as const;

/** Frames per second while the crosshair is dragged through a cut, so that the two other cuts are painted anew at every frame. */
export async function scrubbing(browser: Browser, size: keyof typeof wanted, note: (row: Row) => void): Promise<void> {
  const volume = cubeOf(size);
  const { page, url, close } = await openScreen(browser, {
    watch: { folder: '/data' },
    scans: mapped(2000),
    volume: () => volume,
  });
  try {
    await page.goto(url);
    await page.locator('[data-slice] canvas').first().waitFor({ timeout: 120_000 });
    await page.waitForTimeout(2000);
    const scrub = (seconds: number): ReturnType<ProbedWindow['benchProbe']['scrub']> =>
      page.evaluate((time) => (window as unknown as ProbedWindow).benchProbe.scrub(time), seconds);
    await scrub(1);
    const spent = await watchWork(page);
    const { frames, framesPerSecond, cutsPerFrame, longestMs } = await scrub(SECONDS);
    const work = workPer(frames, await spent());
    note({
      what: `scrubbing ${size}^3`,
      measured: framesPerSecond,
      wanted: wanted[size],
      unit: 'frames/s',
      more: true,
      besides: { cuts_per_frame: cutsPerFrame, longest_frame_ms: longestMs, ...work },
    });
  } finally {
    await close();
  }
}
