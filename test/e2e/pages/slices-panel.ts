import type { Locator, Page } from '@playwright/test';

export class SlicesPanel {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('main');
  }

  /** The three cuts, in the order across Q vertical, Q horizontal, Q parallel. */
  get cuts(): Locator {
    return this.root.getByRole('application');
  }

  /** The cut across an axis of the Q frame, by its index. */
  cut(normal: 0 | 1 | 2): Locator {
    return this.root.getByRole('application', { name: ['Q∥', 'Q⊥ horizontal', 'Q⊥ vertical'][normal]! });
  }

  get colourMap(): Locator {
    return this.root.getByLabel('Colour map');
  }

  get scale(): Locator {
    return this.root.getByLabel('Scale');
  }

  get zoom(): Locator {
    return this.root.getByRole('group', { name: 'Zoom' }).getByRole('status');
  }

  /** Crosshair position in 1/angstrom along the three axes. */
  async crosshair(): Promise<number[]> {
    const cells = await this.root
      .getByRole('row', { name: /^Crosshair/ })
      .getByRole('cell')
      .allTextContents();
    return cells.slice(0, 3).map((cell) => Number(cell.replace('−', '-')));
  }

  get crosshairValue(): Locator {
    return this.root.getByTestId('crosshair-value');
  }

  get cursorValue(): Locator {
    return this.root.getByTestId('cursor-value');
  }

  get rockingCurve(): Locator {
    return this.root.getByRole('img', { name: /^Rocking curve/ });
  }

  /** The picture of a cut, as it is on the screen. */
  pixels(normal: 0 | 1 | 2): Promise<string> {
    return this.cut(normal)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }
}
