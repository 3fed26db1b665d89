import type { Download, Locator, Page } from '@playwright/test';

export class ExportDialog {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog', { name: 'Export and report' });
  }

  async choose(only: 'Flagged' | 'Defective' | 'All'): Promise<void> {
    await this.root.getByRole('radio', { name: only }).check();
  }

  async download(format: 'Table (CSV)' | 'Document (JSON)' | 'BLISS macro'): Promise<Download> {
    const started = this.page.waitForEvent('download');
    await this.root.getByRole('link', { name: `Download ${format}` }).click();
    return started;
  }

  async openReport(): Promise<Page> {
    const opened = this.page.waitForEvent('popup');
    await this.root.getByRole('link', { name: 'Open to print' }).click();
    return opened;
  }
}
