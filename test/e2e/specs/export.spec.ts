import { readFileSync } from 'node:fs';
import { exportDocumentSchema } from '@contract/export';
import { ExportDialog } from '../pages/export-dialog';
import { seriousFindings } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('downloads the flagged scans as a table and a document', async ({ open, page }) => {
  await open(scenarios.beamtime);
  await page.getByRole('banner').getByRole('button', { name: 'Export…' }).click();
  const dialog = new ExportDialog(page);
  await expect(dialog.root.getByRole('radio', { name: 'Flagged (1)' })).toBeChecked();
  const table = await dialog.download('Table (CSV)');
  expect(table.suggestedFilename()).toMatch(/^braggwatch-flagged-[\d-]+\.csv$/);
  const lines = readFileSync(await table.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^S0037,.*Come back with the 200 reflection\./);
  await dialog.choose('All');
  const document = await dialog.download('Document (JSON)');
  const { scans } = exportDocumentSchema.parse(JSON.parse(readFileSync(await document.path(), 'utf8')));
  expect(scans).toHaveLength(12);
  expect((await dialog.download('BLISS macro')).suggestedFilename()).toMatch(/\.py$/);
});

test('opens a report to print: counts, pictures, what was flagged', async ({ open, page }) => {
  await open(scenarios.beamtime);
  await page.keyboard.press('Shift+X');
  const dialog = new ExportDialog(page);
  await dialog.choose('All');
  const complaints: string[] = [];
  page.context().on('console', (message) => {
    if (message.page() !== page) complaints.push(message.text());
  });
  const report = await dialog.openReport();
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Beamtime report');
  await expect(report.getByRole('row', { name: /^Screw dislocation 1 / })).toBeVisible();
  await expect(report.getByRole('row', { name: /S0037/ })).toContainText('Come back with the 200 reflection.');
  // The style is taken and the pictures are drawn, though the page may load nothing.
  await expect(report.getByRole('img').first()).toHaveJSProperty('naturalWidth', 64);
  expect(await report.getByRole('img').count()).toBeGreaterThanOrEqual(9);
  expect(await report.locator('.examples').evaluate((element) => getComputedStyle(element).display)).toBe('grid');
  await report.screenshot({ path: 'test-results/looks/report.png', fullPage: true });
  expect(await seriousFindings(report, (axe) => axe.setLegacyMode(true))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a read-only screen says so, and its buttons rest', async ({ open, page }) => {
  const { queue, verdict, top, app } = await open(scenarios.beamtime, { readOnly: true });
  await expect(top.root.getByText('Read-only')).toBeVisible();
  await queue.open('S0036');
  await expect(verdict.flag).toBeDisabled();
  await expect(verdict.judge('Screw')).toBeDisabled();
  await expect(top.preset).toBeDisabled();
  // A key has the server's answer.
  await queue.list.focus();
  await page.keyboard.press('f');
  await expect(page.getByRole('alert')).toContainText('This screen was opened with the read-only address.');
  expect(await app.handlers['scans/list'](undefined)).toContainEqual(
    expect.objectContaining({ scan: 'S0036', flagged: false }),
  );
  await page.keyboard.press('Shift+X');
  await expect(new ExportDialog(page).root.getByRole('link', { name: 'Open to print' })).toBeVisible();
  await page.screenshot({ path: 'test-results/looks/read-only.png' });
});

test('what is shared is read-only: its address shows the same screen and changes nothing', async ({
  open,
  page,
  browser,
}) => {
  const { queue } = await open(scenarios.beamtime);
  await expect(queue.list).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this screen' });
  const field = dialog.getByLabel('Read-only address');
  await expect(field).toHaveValue(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
  await page.screenshot({ path: 'test-results/looks/share.png' });
  const context = await browser.newContext();
  const colleague = await context.newPage();
  await colleague.goto(await field.inputValue());
  await expect(colleague.getByRole('banner').getByText('Read-only')).toBeVisible();
  // They hand on what they were given, and nothing else.
  await expect(colleague.getByRole('banner').getByRole('button', { name: 'Share…' })).toHaveCount(0);
  await context.close();
});
