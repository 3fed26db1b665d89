import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { QueuePanel } from '../pages/queue-panel';
import { SlicesPanel } from '../pages/slices-panel';
import { TopBar } from '../pages/top-bar';
import { VerdictPanel } from '../pages/verdict-panel';
import { demoCanRun, RunningDemo } from '../support/demo';
import { test } from '../support/shell';

test.skip(!demoCanRun, 'needs the built app and models/three-class');
// Raw frames are simulated, written, read, reduced and judged: seconds per scan, more on a busy machine.
test.setTimeout(600_000);
const patient = { timeout: 400_000 };

test('a simulated beamtime is watched, judged and remembered by the real app', async ({ page, show }) => {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-demo-'));
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  let demo = await RunningDemo.start(folder);
  const queue = new QueuePanel(page);
  const slices = new SlicesPanel(page);
  const verdict = new VerdictPanel(page);
  try {
    await show(demo.url);
    await expect(new TopBar(page).root).toContainText('Demo');
    const first = queue.row('pt_particle01 #1');
    await expect(first).toBeVisible(patient);
    await expect(first).toContainText(/match/, patient);
    await first.click();
    await expect(verdict.headline).toHaveText(/Defect-free|Screw dislocation|Edge dislocation/);
    await expect(verdict.root).toContainText(/Simulated: .+ \((mis)?match\)/);
    await expect(verdict.root).toContainText(/Reflection\s*\(/);
    await expect(verdict.geometry('detector distance')).toContainText('0.5000 m');
    await expect(slices.cuts).toHaveCount(3);
    await expect(slices.rockingCurve.locator('svg').first()).toBeVisible();
    await page.keyboard.press('c');
    await expect(slices.crosshairValue).toHaveText('1.00');
    await verdict.flag.click();
    await verdict.note.fill('first of the night');
    await page.keyboard.press('Control+Enter');
    await expect(verdict.root).not.toContainText('Not saved yet');
    expect(complaints).toEqual([]);

    await demo.stop();
    demo = await RunningDemo.start(folder);
    await show(demo.url);
    await first.click();
    await expect(first).toContainText('flagged');
    await expect(first).toContainText(/match/);
    await expect(verdict.note).toHaveValue('first of the night');
  } finally {
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
