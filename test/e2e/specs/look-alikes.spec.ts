import { BraggwatchError } from '@contract/errors';
import type { LookAlikes } from '@contract/look-alikes';
import type { ScanSummary } from '@contract/scan';
import { seriousFindings } from '../support/axe';
import { fakeLookAlikes } from '../support/fake-look-alikes';
import { expect, test } from '../support/fixtures';
import { LookAlikesPanel } from '../pages/look-alikes-panel';
import { scenarios } from '../support/scenarios';

const showing = (lookAlikes: (scan: ScanSummary) => LookAlikes | null) => ({ ...scenarios.beamtime, lookAlikes });

test('shows the nearest patterns of the training set, what they are and how far, by button and by key', async ({
  open,
  page,
}) => {
  const { queue } = await open(scenarios.beamtime);
  const panel = new LookAlikesPanel(page);
  await queue.open('S0037');
  await expect(panel.button).toHaveAttribute('aria-expanded', 'false');
  await expect(panel.patterns).toHaveCount(0);
  await panel.button.click();
  await expect(panel.patterns).toHaveCount(5);
  await expect(panel.root).toContainText('All 5 are screw dislocations, as the verdict says.');
  await expect(panel.root).toContainText('the nearest is of their own class in 94.6 %');
  await expect(panel.patterns.first()).toContainText('Screw');
  await expect(panel.patterns.first()).toContainText('0.31 away');
  await expect(panel.patterns.nth(1)).toContainText(
    /Au\s\(1 −1 1\), 8\.2 nm, at a random place, depth 0\.35 of the size, strain 0\.6 rad, 21\s000 counts, oversampling 3\.5/,
  );
  expect(await panel.colours(0)).toBeGreaterThan(20);
  await page.keyboard.press('a');
  await expect(panel.patterns).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(panel.patterns).toHaveCount(5);
  // They follow the scan.
  await queue.open('S0036');
  await expect(panel.root).toContainText('All 5 are defect-free');
});

test('says what it means that the nearest are of another class, or far', async ({ open, page }) => {
  const { queue } = await open(
    showing((scan) =>
      scan.id.endsWith('37')
        ? fakeLookAlikes(scan, ['edge', 'screw', 'edge', 'edge', 'screw'])
        : fakeLookAlikes(scan, ['perfect', 'perfect', 'perfect', 'screw', 'edge'], 2.4),
    ),
  );
  const panel = new LookAlikesPanel(page);
  await queue.open('S0037');
  await panel.button.click();
  await expect(panel.root).toContainText(
    'The nearest is an edge dislocation, and the verdict says a screw dislocation (2 of 5 are)',
  );
  await expect(panel.root).toContainText('Take the verdict with care.');
  await page.screenshot({ path: 'test-results/looks/look-alikes-other.png' });
  await queue.open('S0036');
  await expect(panel.root).toContainText('All are far: the nearest is 2.4 times as far');
});

test('says plainly that a model has none, or that its file is not to be trusted', async ({ open, page }) => {
  const { queue } = await open(
    showing((scan) => {
      if (scan.id.endsWith('37')) return null;
      throw new BraggwatchError('look-alikes-invalid', 'models/mine/look-alikes.npz');
    }),
  );
  const panel = new LookAlikesPanel(page);
  await queue.open('S0037');
  await panel.button.click();
  await expect(panel.root).toContainText('The model in use has no patterns of its training set beside it.');
  await queue.open('S0036');
  await expect(panel.root.getByRole('alert')).toContainText('look-alikes-invalid');
});

for (const theme of ['light', 'dark'] as const) {
  test(`looks right in ${theme}`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const { queue, slices } = await open(scenarios.beamtime);
    const panel = new LookAlikesPanel(page);
    await queue.open('S0037');
    await expect(slices.cuts).toHaveCount(3);
    await panel.button.click();
    await expect(panel.patterns).toHaveCount(5);
    await panel.root.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/looks/look-alikes-${theme}.png` });
    expect(await seriousFindings(page)).toEqual([]);
  });
}
