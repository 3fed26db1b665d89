import type { Locator, Page } from '@playwright/test';

/** The particle that the scan looked at is of. */
export class ParticlePanel {
  readonly root: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: 'Particle', exact: true });
  }

  get scans(): Locator {
    return this.root.getByRole('table', { name: 'Its scans' }).getByRole('row');
  }

  get reflections(): Locator {
    return this.root.getByRole('list', { name: 'Its reflections' }).getByRole('listitem');
  }

  curve(of: string): Locator {
    return this.root.getByRole('img', { name: new RegExp(`^${of} over`) });
  }

  splitOff(scan: string): Promise<void> {
    return this.root.getByRole('button', { name: `Split off ${scan}` }).click();
  }

  async joinWith(scan: RegExp): Promise<void> {
    const select = this.root.getByLabel('Same particle as');
    const label = await select.locator('option').filter({ hasText: scan }).textContent();
    await select.selectOption(label);
    await this.root.getByRole('button', { name: 'Join' }).click();
  }
}
