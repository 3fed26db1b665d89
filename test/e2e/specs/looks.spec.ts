import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';
import { scenarios } from '../support/scenarios';

const sizes = [
  [1280, 800],
  [1920, 1080],
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of sizes) {
    test(`looks right in ${theme} at ${width} x ${height}`, async ({ page, open }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      const { queue, slices, verdict } = await open(scenarios.beamtime);
      await queue.open('S0037');
      await expect(verdict.headline).toHaveText('Screw dislocation');
      await expect(slices.rockingCurve.locator('svg').first()).toBeVisible();
      await page.screenshot({ caret: 'initial', path: `test-results/screen-${theme}-${width}.png` });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    });
  }
}
