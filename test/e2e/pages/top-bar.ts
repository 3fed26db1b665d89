import type { Locator, Page } from '@playwright/test';

export class TopBar {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('banner');
  }

  get connection(): Locator {
    return this.root.getByRole('status');
  }

  get preset(): Locator {
    return this.root.getByLabel('Beamline', { exact: true });
  }

  async chooseFolder(): Promise<void> {
    await this.root.getByRole('button', { name: /Choose folder|Change/ }).click();
  }

  async openBeamline(): Promise<void> {
    await this.root.getByRole('button', { name: /Geometry/ }).click();
  }

  async nextTheme(): Promise<void> {
    await this.root.getByRole('button', { name: /Switch to the/ }).click();
  }
}
