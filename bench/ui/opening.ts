import type { Browser } from '@playwright/test';
import { mapped } from '../../test/e2e/support/fake-scans';
import { median } from '../peer';
import { openScreen } from './browser';
import type { ProbedWindow } from './probe';
import type { Row } from './table';
import type { KeptVolume } from './volumes';
import { watchWork, workPer } from './work';

const ROUNDS = 15;
const WARM_UP = 3;
const WANTED_MS = 150;

/**
 * From the press of a key to the three cuts painted, for scans that were not open before: down from the newest, and up from the
 * oldest of two thousand. Their volumes are read from a result on disk.
 */
export async function opening(browser: Browser, kept: KeptVolume, note: (row: Row) => void): Promise<void> {
  const scans = mapped(2000);
  const { page, url, close } = await openScreen(browser, {
    watch: { folder: '/data' },
    scans,
    volume: () => kept.read(),
  });
  try {
    await page.goto(url);
    await page.locator('[data-slice] canvas').first().waitFor();
    const press = async (key: string): Promise<number> => {
      const opened = await page.evaluateHandle(() => ({
        ms: (window as unknown as ProbedWindow).benchProbe.opened(),
      }));
      await page.keyboard.press(key);
      const ms = await opened.evaluate((waiting) => waiting.ms);
      await opened.dispose();
      // A person looks at what was opened; what comes after the picture must not weigh on the next.
      await page.waitForTimeout(300);
      return ms;
    };
    const times: number[] = [];
    for (let n = 0; n < WARM_UP; n++) times.push(await press('j'));
    const spent = await watchWork(page);
    for (let n = 0; n < ROUNDS; n++) times.push(await press('j'));
    await page.getByRole('listbox').focus();
    times.push(await press('End'));
    for (let n = 0; n < ROUNDS; n++) times.push(await press('k'));
    const counted = times.slice(WARM_UP);
    const work = workPer(counted.length, await spent());
    note({
      what: 'opening a past scan, slowest',
      measured: Math.max(...counted),
      wanted: WANTED_MS,
      unit: 'ms',
      besides: { median: median(counted), scans: counted.length, ...work },
    });
  } finally {
    await close();
  }
}
