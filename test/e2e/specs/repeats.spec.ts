import { ParticlePanel } from '../pages/particle-panel';
import { seriousFindings } from '../support/axe';
import { judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const position = {
  axes: [
    { name: 'x', micrometres: 10, motors: ['pix'] },
    { name: 'y', micrometres: 2, motors: ['piy'] },
  ],
};
/** A particle with four repeats of one reflection and two, that contradict each other, of another; and a lonely one. */
const night = {
  ...scenarios.waiting,
  scans: [
    judged(1, 'screw', 0.91, { position }),
    judged(2, 'screw', 0.88, { position }),
    judged(3, 'screw', 0.93, { position }),
    judged(4, 'perfect', 0.7, { position }),
    judged(5, 'edge', 0.9, { position, hkl: [2, -2, 0] }),
    judged(6, 'perfect', 0.9, { position, hkl: [2, -2, 0] }),
    judged(7, 'perfect', 0.9),
  ],
};

test('sums the repeats of a reflection when asked, and says which were left out and why', async ({ open, page }) => {
  const { app, queue, slices } = await open(night);
  const { sum } = new ParticlePanel(page);
  await queue.open('S0003');
  await sum.make.click();
  await expect(sum.root).toContainText(/Screw dislocation\s*9\d %/);
  await expect(sum.root).toContainText('3 of 4 scans summed, 7.22M counts.');
  await expect(sum.rows).toHaveCount(4);
  await expect(sum.rows.nth(0)).toContainText(/S0001\s*0\.996\s*0\.25 0\.00 0\.02\s*summed/);
  await expect(sum.rows.nth(3)).toContainText(/S0004\s*0\.913\s*−0\.50 0\.30 −1\.04\s*left out/);
  await expect(sum.root).toContainText('S0004 is left out: it correlates by 0.913, below 0.98.');
  // It stands beside the particle's verdict, and every scan has its own still.
  await expect(new ParticlePanel(page).root).toContainText('6 scans, 2 reflections');
  expect(await app.handlers['scans/list']()).toHaveLength(7);
  await page.getByRole('button', { name: 'Show beside the scan' }).click();
  await expect(slices.compared('Sum of 3 scans')).toBeVisible();
  await queue.open('S0001');
  await expect(sum.rows).toHaveCount(4);
  await expect(slices.compared('Sum of 3 scans')).toBeVisible();
  await queue.open('S0007');
  await expect(sum.root).toHaveCount(0);
  await expect(slices.compared('Sum of 3 scans')).toHaveCount(0);
});

test('keeps the sum, says when there are other repeats, and why there is none where they contradict', async ({
  open,
  page,
}) => {
  const { app, queue } = await open(night);
  const { sum } = new ParticlePanel(page);
  await queue.open('S0002');
  await sum.make.click();
  await expect(sum.rows).toHaveCount(4);
  await queue.open('S0005');
  await expect(sum.rows).toHaveCount(0);
  await sum.make.click();
  await expect(sum.root.getByRole('alert')).toContainText('unlike each other');
  await queue.open('S0001');
  await expect(sum.rows).toHaveCount(4);
  await expect(sum.root).not.toContainText('sum again');
  app.announce(judged(8, 'screw', 0.9, { position }));
  await expect(sum.root).toContainText('There are other repeats by now');
  await page.getByRole('button', { name: 'Sum again' }).click();
  await expect(sum.rows).toHaveCount(5);
  await expect(sum.root).not.toContainText('There are other repeats by now');
});

for (const theme of ['light', 'night'] as const) {
  test(`looks right in ${theme}`, async ({ open, page }) => {
    if (theme === 'night') await page.addInitScript(() => localStorage.setItem('braggwatch.theme', 'night'));
    await page.setViewportSize({ width: 1280, height: 800 });
    const { queue, slices } = await open(night);
    const { sum } = new ParticlePanel(page);
    await queue.open('S0003');
    await sum.make.click();
    await page.getByRole('button', { name: 'Show beside the scan' }).click();
    await expect(slices.comparedValues).toHaveCount(2);
    await sum.root.scrollIntoViewIfNeeded();
    // A name as short as these stands on one line.
    const name = page.getByRole('table', { name: 'Its scans' }).getByRole('button', { name: 'S0003', exact: true });
    expect((await name.boundingBox())!.height).toBeLessThan(30);
    await page.screenshot({ path: `test-results/looks/repeats-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
  });
}

test('shows a read-only screen the sum, and lets it make none', async ({ open, page }) => {
  const first = await open(night);
  await first.app.handlers['repeats/sum']({ id: 'scan-1' });
  await first.queue.open('S0001');
  await expect(new ParticlePanel(page).sum.rows).toHaveCount(4);
  const { queue } = await open(night, { readOnly: true });
  await queue.open('S0001');
  await expect(new ParticlePanel(page).scans).toHaveCount(6);
  await expect(new ParticlePanel(page).sum.root).toHaveCount(0);
});
