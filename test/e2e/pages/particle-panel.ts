import type { Locator, Page } from '@playwright/test';

/** The particle that the scan looked at is of. */
export class ParticlePanel {
  readonly root: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: 'Particle', exact: true });
  }

  /** The sum of the repeats of the reflection that is looked at. */
  get sum(): { readonly root: Locator; readonly make: Locator; readonly rows: Locator } {
    const root = this.root.getByRole('region', { name: 'Sum of repeats' });
    return {
      root,
      make: root.getByRole('button', { name: /^Sum (repeats|again)$/ }),
      rows: root.getByRole('table', { name: 'Scans of the sum' }).locator('tbody').getByRole('row'),
    };
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
