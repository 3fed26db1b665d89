import type { Locator, Page } from '@playwright/test';

export class OverviewView {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('main', { name: 'Beamtime overview' });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('4');
    await this.root.waitFor();
  }

  get timeline(): Locator {
    return this.root.getByRole('application', { name: /^Timeline/ });
  }

  get map(): Locator {
    return this.root.getByRole('application', { name: /^Map/ });
  }

  get mapPanel(): Locator {
    return this.root.getByRole('region', { name: 'Sample map' });
  }

  /** The scan that is chosen, as the timeline's head names it. */
  get chosen(): Locator {
    return this.root.getByRole('region', { name: 'Timeline' }).getByRole('strong');
  }

  get shown(): Locator {
    return this.root.getByRole('region', { name: 'Filter' }).getByRole('status');
  }

  get chips(): Locator {
    return this.root.getByRole('list', { name: 'Active filters' }).getByRole('button');
  }

  filter(label: string): Locator {
    return this.root.getByRole('region', { name: 'Filter' }).getByLabel(label, { exact: true });
  }

  classButton(name: string): Locator {
    return this.root.getByRole('group', { name: 'Classes' }).getByRole('button', { name });
  }

  proportions(name: string): Locator {
    return this.root.getByRole('table', { name: new RegExp(`^${name}`) });
  }

  get candidates(): Locator {
    return this.root.getByRole('region', { name: 'Next for BCDI' });
  }

  /** Clicks on the timeline at a part of the room behind the lanes' names. */
  async clickTimeline(part: number): Promise<void> {
    const { x, width } = await this.place(part);
    await this.timeline.click({ position: { x: Math.min(x, width - 2), y: 40 } });
  }

  async hoverTimeline(part: number): Promise<void> {
    const { x } = await this.place(part);
    await this.timeline.hover({ position: { x, y: 40 } });
  }

  /** What is said of what the pointer is on. */
  get tip(): Locator {
    return this.root.locator('.tip');
  }

  async brushTimeline(from: number, to: number): Promise<void> {
    const box = (await this.timeline.boundingBox())!;
    const [start, end] = [await this.place(from), await this.place(to)];
    await this.page.mouse.move(box.x + start.x, box.y + 40);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + (start.x + end.x) / 2, box.y + 40);
    await this.page.mouse.move(box.x + end.x, box.y + 40);
    await this.page.mouse.up();
  }

  private async place(part: number): Promise<{ x: number; width: number }> {
    const { width } = (await this.timeline.boundingBox())!;
    const gutter = 84;
    return { x: gutter + part * (width - gutter), width };
  }
}
