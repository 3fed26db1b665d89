import type { Locator, Page } from '@playwright/test';

/** The worklist of the Overview: which particle next. */
export class Worklist {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Next for BCDI' });
  }

  /** By its key, from any view; the best particle then has the focus. */
  async open(): Promise<void> {
    await this.page.keyboard.press('Shift+B');
    await this.rows.first().waitFor();
  }

  get rows(): Locator {
    return this.root.locator('ol > li');
  }

  row(scan: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('strong').filter({ hasText: scan }) });
  }

  /** What opens the row's scan. */
  opener(row: Locator): Locator {
    return row.getByRole('button').first();
  }

  /** Names of the scans, the best first. */
  names(): Promise<string[]> {
    return this.rows.locator('strong').allTextContents();
  }

  wanted(what: string): Promise<string[]> {
    return this.root.getByLabel('Looking for').selectOption(what);
  }

  weight(of: string): Locator {
    return this.root.getByLabel(of, { exact: true });
  }
}
