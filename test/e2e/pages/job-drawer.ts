import type { Locator, Page } from '@playwright/test';

/** The drawer with everything that runs, and its button in the top bar. */
export class JobDrawer {
  readonly button: Locator;
  readonly root: Locator;
  readonly jobs: Locator;

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.button = page.getByRole('banner').getByRole('button', { name: /^Jobs: / });
    this.root = page.getByRole('dialog', { name: 'Jobs' });
    this.jobs = this.root.getByRole('listitem');
  }

  job(name: string | RegExp): Locator {
    return this.root.getByRole('region', { name });
  }

  async ask(what: string, of: string): Promise<void> {
    await this.root.getByRole('button', { name: `${what} ${of}`, exact: true }).click();
  }

  async openByKey(): Promise<void> {
    await this.#page.keyboard.press('Shift+J');
  }
}
