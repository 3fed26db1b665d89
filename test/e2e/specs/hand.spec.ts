import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

test('overrules a class beside the network’s, in row and panel, with who and when', async ({ open, page }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0035');
  await verdict.judge('Screw').click();
  await expect(verdict.judge('Screw')).toHaveAttribute('aria-pressed', 'true');
  // The network's verdict stays where it was.
  await expect(verdict.headline).toHaveText('Edge dislocation');
  await expect(verdict.root).toContainText(
    /Screw dislocation by opid01, \d\d:12\. The network says: Edge dislocation\./,
  );
  await expect(queue.row('S0035')).toContainText('Overruled: Screw dislocation, by opid01');
  await expect(queue.row('S0035')).toContainText('Edge');
  await page.reload();
  await queue.open('S0035');
  await expect(verdict.judge('Screw')).toHaveAttribute('aria-pressed', 'true');
});

test('says why a scan without a verdict cannot be overruled, by mouse or key', async ({ open, page }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0034');
  await expect(verdict.judge('Screw')).toBeDisabled();
  await expect(verdict.root).toContainText('There is no verdict to overrule.');
  await queue.list.focus();
  await page.keyboard.press('Shift+S');
  await expect(page.getByRole('status').filter({ hasText: 'There is no verdict to overrule.' })).toBeVisible();
  await expect(queue.row('S0034')).not.toContainText('Overruled');
});

test('undoes and redoes flag, note and judgement with the keyboard', async ({ open, page }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0036');
  await queue.list.focus();
  await page.keyboard.press('Shift+E');
  await expect(verdict.judge('Edge')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('f');
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+z');
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'false');
  await expect(verdict.root).toContainText('Undone: flag of S0036.');
  await page.keyboard.press('Control+z');
  await expect(verdict.judge('As the network')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+z');
  await expect(verdict.root).toContainText('Nothing to undo.');
  await page.keyboard.press('Control+Shift+Z');
  await expect(verdict.judge('Edge')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Shift+A');
  await expect(verdict.judge('As the network')).toHaveAttribute('aria-pressed', 'true');
  await verdict.note.fill('Twin?');
  await verdict.note.blur();
  await expect(verdict.root).not.toContainText('Not saved yet');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(verdict.note).toHaveValue('');
});

test('while a note is typed, Ctrl+Z is the text field’s own', async ({ open, page }) => {
  const { queue, verdict } = await open(scenarios.beamtime);
  await queue.open('S0036');
  await queue.list.focus();
  await page.keyboard.press('f');
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
  await verdict.note.click();
  await page.keyboard.type('abc');
  await page.keyboard.press('Control+z');
  await expect(verdict.flag).toHaveAttribute('aria-pressed', 'true');
});
