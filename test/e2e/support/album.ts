import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { readPng, writePng, type Picture } from './png';
import { alike, compare, shrink, type Difference } from './snapshot';

/** Reference pictures, in the repository. */
const references = fileURLToPath(new URL('../snapshots/', import.meta.url));
/** What was seen instead, for people to look at. */
const seen = fileURLToPath(new URL('../../../test-results/snapshots/', import.meta.url));
const rewriting = Boolean(process.env['BRAGGWATCH_UPDATE_SNAPSHOTS']);
/** Charts and crystals draw a little after their panel is there. */
const PATIENCE_MS = rewriting ? 30_000 : 15_000;

async function take(page: Page, name: string): Promise<Picture> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(`${seen}${name}.png`, png);
  return shrink(readPng(png));
}

/** Widths of a few words in the page's own fonts, CSS pixels. */
const widthsOf = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')!;
    const style = getComputedStyle(document.body);
    const families = [style.fontFamily, style.getPropertyValue('--mono') || 'monospace'];
    return families.map((family) => {
      context.font = `13px ${family}`;
      return Math.round(context.measureText('Braggwatch judges 0123456789 rocking scans').width);
    });
  });

/** Why the pictures cannot be compared here: text of another width moves everything beside it. Empty where they can. */
export async function otherFonts(page: Page): Promise<string> {
  const file = `${references}fonts.json`;
  const widths = await widthsOf(page);
  if (rewriting) writeFileSync(file, `[${widths.join(', ')}]\n`);
  const known = JSON.parse(readFileSync(file, 'utf8')) as number[];
  const agree = known.every((width, n) => Math.abs(width - widths[n]!) <= 3);
  return agree
    ? ''
    : `fonts here are ${widths.join(' and ')} pixels wide, those of the pictures ${known.join(' and ')}`;
}

const same = (a: Picture, b: Picture): boolean => Buffer.from(a.rgb).equals(Buffer.from(b.rgb));

/** The screen once it has stood still for a moment. */
async function still(page: Page, name: string): Promise<Picture> {
  const until = Date.now() + PATIENCE_MS;
  let [last, quiet] = [await take(page, name), 0];
  while (quiet < 2 && Date.now() < until) {
    await page.waitForTimeout(500);
    const next = await take(page, name);
    quiet = same(next, last) ? quiet + 1 : 0;
    last = next;
  }
  return last;
}

const tell = (name: string, { mean, worst, share, at }: Difference): string =>
  `${name}: blocks differ by ${mean.toFixed(1)} in the mean, ${(100 * share).toFixed(1)} % of them visibly, ` +
  `the worst by ${worst.toFixed(0)} at ${at.join(', ')}; see test-results/snapshots`;

/**
 * Compares the screen with its reference picture, or makes that picture where BRAGGWATCH_UPDATE_SNAPSHOTS is set.
 * @returns what is wrong with it; empty where nothing is
 */
export async function snapshot(page: Page, name: string): Promise<string> {
  mkdirSync(seen, { recursive: true });
  const file = `${references}${name}.png`;
  if (rewriting) {
    const now = await still(page, name);
    const before = existsSync(file) ? readPng(readFileSync(file)) : undefined;
    if (!before || !same(before, now)) writeFileSync(file, writePng(now));
    return '';
  }
  if (!existsSync(file)) return `${name}: no reference picture`;
  const reference = readPng(readFileSync(file));
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const difference = compare(reference, await take(page, name));
    if (process.env['BRAGGWATCH_SNAPSHOTS_TELL']) console.log(tell(name, difference));
    if (alike(difference)) return '';
    if (Date.now() > until) return tell(name, difference);
    await page.waitForTimeout(500);
  }
}
