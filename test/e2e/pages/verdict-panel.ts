import type { Locator, Page } from '@playwright/test';

export class VerdictPanel {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('complementary', { name: 'Verdict' });
  }

  get headline(): Locator {
    return this.root.getByRole('heading', { level: 2 });
  }

  /** A part of the panel, by its heading. */
  section(heading: string): Locator {
    return this.root.locator('section').filter({ has: this.root.page().getByRole('heading', { name: heading }) });
  }

  get flag(): Locator {
    return this.root.getByRole('button', { name: /^Flag/ });
  }

  get note(): Locator {
    return this.root.getByLabel('Note');
  }

  get judgeAgain(): Locator {
    return this.root.getByRole('button', { name: 'Judge again' });
  }

  /** Rows of the earlier verdicts. */
  get history(): Locator {
    return this.root.locator('section', { hasText: 'Earlier verdicts' }).getByRole('row');
  }

  /** A choice of "Your judgement". */
  judge(choice: 'As the network' | 'Defect-free' | 'Screw' | 'Edge'): Locator {
    return this.root.getByRole('group', { name: 'Your judgement' }).getByRole('button', { name: choice });
  }

  geometry(name: string): Locator {
    return this.root.getByRole('row', { name: new RegExp(`^${name}`) });
  }
}
