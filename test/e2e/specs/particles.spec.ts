import { ParticlePanel } from '../pages/particle-panel';
import { Worklist } from '../pages/worklist';
import { seriousFindings } from '../support/axe';
import { judged } from '../support/fake-scans';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const place = (x: number) => ({
  axes: [
    { name: 'x', micrometres: x, motors: ['pix'] },
    { name: 'y', micrometres: 2, motors: ['piy'] },
  ],
});
/** One particle measured four times at two reflections, and two that lie beside it. */
const night = {
  ...scenarios.waiting,
  scans: [
    judged(1, 'perfect', 0.96, { position: place(10) }),
    judged(2, 'edge', 0.7, { position: place(10.05), hkl: [2, -2, 0] }),
    judged(3, 'perfect', 0.97, { position: place(12) }),
    judged(4, 'edge', 0.97, { position: place(10), hkl: [2, -2, 0] }),
    judged(5, 'screw', 0.95, { position: place(15) }),
    judged(6, 'perfect', 0.9, { position: place(9.95) }),
  ],
};

test('puts repeats and reflections of a particle in a row, with what all of them say', async ({ open, page }) => {
  const { queue } = await open(night);
  const particle = new ParticlePanel(page);
  await queue.open('S0004');
  await expect(particle.root).toContainText('4 scans, 2 reflections');
  await expect(particle.root).toContainText('At x 10.00 µm, y 2.00 µm.');
  await expect(particle.root).toContainText(/Edge dislocation\s*9\d % from all of them together/);
  await expect(particle.reflections).toHaveCount(2);
  await expect(particle.reflections.nth(0)).toContainText(/\(1 1 1\)\s*Defect-free .*2 times/);
  await expect(particle.root).toContainText('b that is one of');
  await expect(particle.root).toContainText('b does not lie in the plane (2 −2 0), where it shows; it lies in (1 1 1)');
  await expect(particle.scans).toHaveCount(4);
  await expect(particle.curve('Defect')).toHaveAttribute('aria-label', /over 4 scans: from 4 % to \d+ %/);
  await page.keyboard.press('Shift+V');
  await expect(queue.selected).toContainText('S0006');
  await page.keyboard.press('Shift+V');
  await expect(queue.selected).toContainText('S0001');
  await particle.root.scrollIntoViewIfNeeded();
  await page.screenshot({ path: 'test-results/looks/particle.png' });
  expect(await seriousFindings(page)).toEqual([]);
});

test('ranks each particle once, and keeps its plan whichever scan stands for it', async ({ open, page }) => {
  const { app } = await open(night);
  const worklist = new Worklist(page);
  await worklist.open();
  await expect.poll(async () => (await worklist.names()).toSorted()).toEqual(['S0004', 'S0005']);
  await expect(worklist.row('S0004')).toContainText('one of 4 scans of it');
  await worklist.opener(worklist.row('S0004')).focus();
  await page.keyboard.press('m');
  await expect.poll(() => worklist.names()).toEqual(['S0005', 'S0004']);
  app.announce(judged(7, 'edge', 0.99, { position: place(10), hkl: [2, -2, 0] }));
  await expect.poll(() => worklist.names()).toEqual(['S0005', 'S0007']);
  await expect(worklist.row('S0007').getByRole('button', { name: 'Measured' })).toHaveAttribute('aria-pressed', 'true');
});

test('is split and joined by hand, kept so while more arrive, and taken back by undo', async ({ open, page }) => {
  const { app, queue } = await open(night);
  const particle = new ParticlePanel(page);
  await queue.open('S0004');
  await particle.splitOff('S0001');
  await expect(particle.scans).toHaveCount(3);
  await expect(particle.root).toContainText('said by a person');
  app.announce(judged(7, 'edge', 0.9, { position: place(10), hkl: [2, -2, 0] }));
  await expect(particle.scans).toHaveCount(4);
  await expect(particle.root.getByRole('button', { name: 'S0001', exact: true })).toHaveCount(0);
  await particle.joinWith(/S0003/);
  await expect(particle.scans).toHaveCount(5);
  await page.keyboard.press('Control+z');
  await expect(particle.scans).toHaveCount(4);
  await page.keyboard.press('Control+z');
  await expect(particle.scans).toHaveCount(5);
  await expect(particle.root).not.toContainText('said by a person');
});
