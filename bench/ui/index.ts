import type { Browser } from '@playwright/test';
import { arrivals } from './arrivals';
import { startBrowser } from './browser';
import { firstPaint } from './first-paint';
import { opening } from './opening';
import { scrubbing } from './scrubbing';
import { ratioOf, tableOf, type Row } from './table';
import { keepVolume } from './volumes';

/**
 * How fluid the screen is, measured through the real page in a browser without a graphics card, two thousand past scans behind it. Ratios
 * of 1 and more: as good as wanted.
 * @param print a measurement as an object
 * @param tell the table at the end
 */
export async function benchUi(print: (line: object) => void, tell: (text: string) => void): Promise<void> {
  const browser = await startBrowser();
  if (!browser) {
    print({ bench: 'ui', skipped: 'no browser' });
    return tell('skipped: no browser');
  }
  const rows: Row[] = [];
  const note = (row: Row): void => {
    rows.push(row);
    const { what, measured, unit, wanted, besides } = row;
    print({ bench: 'ui', what, measured, unit, wanted, ratio: ratioOf(row), ...besides });
  };
  const kept = await keepVolume();
  let unlimited: Browser | undefined;
  try {
    await firstPaint(browser, note);
    await opening(browser, kept, note);
    await arrivals(browser, note);
    unlimited = await startBrowser({ unlimited: true });
    for (const size of [64, 256] as const) if (unlimited) await scrubbing(unlimited, size, note);
  } finally {
    kept.close();
    await browser.close();
    await unlimited?.close();
  }
  tell(tableOf(rows));
}
