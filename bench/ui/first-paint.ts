import type { Browser } from '@playwright/test';
import { mapped } from '../../test/e2e/support/fake-scans';
import { median } from '../peer';
import { openScreen } from './browser';
import type { Row } from './table';

const ROUNDS = 5;
const WANTED_S = 1.5;

/** From the address to the first words on the screen, and to the list of scans; each time in a browser's fresh profile. */
export async function firstPaint(browser: Browser, note: (row: Row) => void): Promise<void> {
  const words: number[] = [];
  const list: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { page, url, close } = await openScreen(browser, { watch: { folder: '/data' }, scans: mapped(2000) });
    await page.goto(url, { waitUntil: 'commit' });
    const times = await page.evaluate(async () => {
      const painted = (): PerformanceEntry | undefined => performance.getEntriesByName('first-contentful-paint')[0];
      while (!document.querySelector('[role="option"]')) await new Promise(requestAnimationFrame);
      // One more frame: the first that surely shows it has been painted by then.
      await new Promise(requestAnimationFrame);
      const listAt = performance.now();
      while (!painted()) await new Promise(requestAnimationFrame);
      return { words: painted()!.startTime / 1000, list: listAt / 1000 };
    });
    await close();
    // The first round warms the machine's file cache.
    if (round === 0) continue;
    words.push(times.words);
    list.push(times.list);
  }
  const row = (what: string, times: readonly number[]): Row => ({
    what,
    measured: median(times),
    wanted: WANTED_S,
    unit: 's',
    besides: { slowest: Math.max(...times), rounds: ROUNDS },
  });
  note(row('first paint', words));
  note(row('first paint of 2000 scans', list));
}
