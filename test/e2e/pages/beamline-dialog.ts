import type { Locator, Page } from '@playwright/test';

export class BeamlineDialog {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: 'Beamline and geometry' });
  }

  field(label: string | RegExp): Locator {
    return this.root.getByLabel(label);
  }

  async press(button: string): Promise<void> {
    await this.root.getByRole('button', { name: button, exact: true }).click();
  }

  async close(): Promise<void> {
    await this.root.getByRole('button', { name: 'Close' }).click();
  }
}
