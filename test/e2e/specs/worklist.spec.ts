import { readFileSync } from 'node:fs';
import { OverviewView } from '../pages/overview-view';
import { Worklist } from '../pages/worklist';
import { seriousFindings } from '../support/axe';
import { judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const overruled = { class: 'perfect', by: 'Lea', at: '2026-05-13T02:00:00.000Z' } as const;

test('leads by one key to the best particle, by arrows along the list, and with Enter to its scan', async ({
  open,
  page,
}) => {
  const { queue } = await open(scenarios.mapped);
  const worklist = new Worklist(page);
  await worklist.open();
  const [first, second] = await worklist.names();
  await expect(worklist.opener(worklist.row(first!))).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(worklist.opener(worklist.row(second!))).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(queue.selected).toContainText(second!);
});

test('the keyboard keeps its place while the list is ordered anew', async ({ open, page }) => {
  const { app } = await open(scenarios.mapped);
  const worklist = new Worklist(page);
  await worklist.open();
  const [first, second, third, fourth, fifth] = (await worklist.names()) as [string, string, string, string, string];
  const order = (): Promise<string[]> => worklist.names().then((names) => names.slice(0, 5));
  await expect(worklist.opener(worklist.row(first))).toBeFocused();
  for (const name of [second, third]) {
    await page.keyboard.press('ArrowDown');
    await expect(worklist.opener(worklist.row(name))).toBeFocused();
  }
  // Queued, it goes before the others, and the hand with it: the next key may copy its move.
  await page.keyboard.press('q');
  await expect.poll(order).toEqual([third, first, second, fourth, fifth]);
  await expect(worklist.opener(worklist.row(third))).toBeFocused();
  for (const name of [first, second, fourth]) {
    await page.keyboard.press('ArrowDown');
    await expect(worklist.opener(worklist.row(name))).toBeFocused();
  }
  // What is done with sinks; somebody who works down the list is at the next one.
  await page.keyboard.press('k');
  await expect.poll(order).not.toContain(fourth);
  await expect(worklist.opener(worklist.row(fifth))).toBeFocused();
  // What another person queues moves the list under the hand, which stays with its particle.
  app.announce({ ...scenarios.mapped.scans.find(({ scan }) => scan === fifth)!, plan: 'queued' });
  await expect.poll(order).toEqual([third, fifth, first, second, expect.anything()]);
  await expect(worklist.opener(worklist.row(fifth))).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(worklist.opener(worklist.row(first))).toBeFocused();
});

test('says in words why, and how the points add up', async ({ open, page }) => {
  await open(scenarios.mapped);
  const worklist = new Worklist(page);
  await worklist.open();
  const row = worklist.rows.first();
  await expect(row).toContainText(/For it: a defect to .*Against: .*counts in the peak/);
  const scores = await worklist.rows.getByRole('button', { name: /points$/ }).allTextContents();
  expect(new Set(scores).size).toBeGreaterThan(5);
  await row.getByRole('button', { name: /points$/ }).click();
  await expect(row.getByRole('list')).toContainText('Looked inside: not known');
  await expect(row.getByRole('list')).toContainText(/\d of 25\.0/);
  expect(await seriousFindings(page)).toEqual([]);
});

test('ranks by what counts for this person, and remembers it', async ({ open, page }) => {
  await open(scenarios.mapped);
  const worklist = new Worklist(page);
  await worklist.open();
  await worklist.root.getByText('What counts').click();
  for (const name of ['Certainty', 'Looked inside', 'Counts', 'Oversampling', 'Size', 'Little strain', 'Reflections'])
    await worklist.weight(name).fill('0');
  await worklist.weight('Like the training').fill('0');
  // Room about it alone: the particles at the disc's rim first, and nothing else is named.
  await expect(worklist.rows.first()).toContainText(/points\s*For it: [\d.]+ µm from the next particle\.\s*Queue/);
  await worklist.weight('Room about it').fill('0');
  await expect(worklist.weight('Room about it')).toHaveValue('1');
  await page.reload();
  await expect(worklist.rows.first()).toContainText(/points\s*For it: [\d.]+ µm from the next particle\.\s*Queue/);
});

test('a person’s class counts in list, counts, map, filter and worklist alike', async ({ open, page }) => {
  const scans = [
    judged(1, 'edge', 0.9999),
    judged(2, 'screw', 0.95),
    judged(3, 'perfect', 0.99, { overruled: { ...overruled, class: 'edge' } }),
  ];
  const { app, queue } = await open({ ...scenarios.waiting, scans });
  const [worklist, overview] = [new Worklist(page), new OverviewView(page)];
  await worklist.open();
  // What Lea says is a defect goes before what the network is surest of.
  await expect.poll(async () => (await worklist.names()).length).toBe(3);
  expect((await worklist.names())[0]).toBe('S0003');
  await expect(worklist.rows.first()).toContainText('an edge dislocation, says Lea');
  app.announce({ ...scans[0]!, overruled });
  await expect.poll(() => worklist.names()).toEqual(['S0003', 'S0002']);
  const all = overview.proportions('All scans shown');
  await expect(all.getByRole('row', { name: /^Edge/ })).toContainText(/^Edge1/);
  await expect(all.getByRole('row', { name: /^Defect-free/ })).toContainText(/^Defect-free1/);
  await expect(overview.root).toContainText('2 decided by people, who count before the network.');
  await overview.classButton('Edge').click();
  await expect(overview.shown).toHaveText('1 of 3 scans');
  await page.keyboard.press('1');
  await expect(queue.row('S0003')).toBeVisible();
});

test('is worked through by keys: queued, measured, skipped, taken back, a move copied, and taken along as ranked', async ({
  open,
  page,
}) => {
  const place = (x: number) => ({
    axes: [
      { name: 'x', micrometres: x, motors: ['pix'] },
      { name: 'y', micrometres: 2, motors: ['piy'] },
    ],
    readings: [
      { motor: 'pix', value: x, unit: 'um' },
      { motor: 'piy', value: 2, unit: 'um' },
    ],
  });
  const scans = [1, 2, 3, 4].map((n) => judged(n, 'edge', 0.95, { position: place(5 * n) }));
  await open({ ...scenarios.waiting, scans });
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const worklist = new Worklist(page);
  await worklist.open();
  await expect.poll(async () => (await worklist.names()).length).toBe(4);
  const [first, second, third] = (await worklist.names()) as [string, string, string, string];
  await expect(worklist.opener(worklist.row(first))).toBeFocused();
  await page.keyboard.press('m');
  await expect.poll(async () => (await worklist.names()).at(-1)).toBe(first);
  await worklist.opener(worklist.row(third)).focus();
  await page.keyboard.press('q');
  await expect.poll(async () => (await worklist.names())[0]).toBe(third);
  await expect(worklist.row(third).getByRole('button', { name: 'Queued' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('c');
  const at = 5 * Number(third.slice(1));
  await expect(worklist.root.getByRole('status')).toHaveText(`To be copied: umv(pix, ${at}, piy, 2)`);
  await worklist.root.getByLabel('Moves for').selectOption('SPEC');
  await page.keyboard.press('Escape');
  await worklist
    .row(third)
    .getByRole('button', { name: `Copy move to ${third}` })
    .click();
  await expect(worklist.root.getByRole('status')).toHaveText(`To be copied: mv pix ${at} piy 2`);
  const download = page.waitForEvent('download');
  await worklist.root.getByRole('button', { name: 'Table' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^braggwatch-next-.*\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8')
    .split('\r\n')
    .filter(Boolean);
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([third, second, expect.any(String)]);
  expect(lines.join()).not.toContain(`${first},`);
  await worklist.opener(worklist.row(second)).focus();
  await page.keyboard.press('k');
  await expect(worklist.row(second).getByRole('button', { name: 'Skipped' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(worklist.row(second).getByRole('button', { name: 'Skip', exact: true })).toBeVisible();
  await page.screenshot({ path: 'test-results/looks/worklist.png' });
  expect(await seriousFindings(page)).toEqual([]);
});
