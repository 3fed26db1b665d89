import type { Locator, Page } from '@playwright/test';

export class FolderDialog {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: 'Watch a folder' });
  }

  get path(): Locator {
    return this.root.getByLabel(/^Folder/);
  }

  get browse(): Locator {
    return this.root.getByRole('button', { name: /Browse/ });
  }

  async watch(folder: string): Promise<void> {
    await this.path.fill(folder);
    await this.root.getByRole('button', { name: 'Start watching' }).click();
  }
}
