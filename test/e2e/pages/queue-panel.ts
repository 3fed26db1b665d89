import type { Locator, Page } from '@playwright/test';

export class QueuePanel {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('navigation', { name: 'Scans' });
  }

  get list(): Locator {
    return this.root.getByRole('listbox');
  }

  get rows(): Locator {
    return this.root.getByRole('option');
  }

  get selected(): Locator {
    return this.root.getByRole('option', { selected: true });
  }

  get follow(): Locator {
    return this.root.getByLabel('Follow newest');
  }

  row(scan: string): Locator {
    return this.rows.filter({ has: this.page.getByText(scan, { exact: true }) });
  }

  async open(scan: string): Promise<void> {
    await this.row(scan).click();
  }
}
