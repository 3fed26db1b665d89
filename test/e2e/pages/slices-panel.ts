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

  /** Cuts of another scan, that wait for those of the one that was opened. */
  get awaited(): Locator {
    return this.root.locator('[aria-busy="true"]');
  }

  /** The cut across an axis of the Q frame, by its index. */
  cut(normal: 0 | 1 | 2): Locator {
    return this.root.getByRole('application', { name: ['Q∥', 'Q⊥ horizontal', 'Q⊥ vertical'][normal]! });
  }

  get colourMap(): Locator {
    return this.root.getByLabel('Colour map');
  }

  /** Cuts or projections. */
  get view(): Locator {
    return this.root.getByLabel('View');
  }

  get compareWith(): Locator {
    return this.root.getByLabel('Compare with', { exact: true });
  }

  /** Intensities at the crosshair of both scans that are compared. */
  get comparedValues(): Locator {
    return this.root.getByTestId('compare-value');
  }

  /** How the colour limits are chosen. */
  get limits(): Locator {
    return this.root.getByLabel('How the colour limits are chosen');
  }

  limit(end: 'Lowest' | 'Highest'): Locator {
    return this.root.getByLabel(`${end} intensity of the colours`);
  }

  get colourBar(): Locator {
    return this.root.getByRole('img', { name: /^Colour bar/ });
  }

  get scale(): Locator {
    return this.root.getByLabel('Scale');
  }

  get zoom(): Locator {
    return this.root.getByRole('group', { name: 'Zoom' }).getByRole('status');
  }

  /** Crosshair position in 1/angstrom along the three axes. */
  crosshair(): Promise<number[]> {
    return this.#position(/^Crosshair/);
  }

  /** Position under the pointer. */
  cursorPosition(): Promise<number[]> {
    return this.#position(/^Cursor/);
  }

  async #position(row: RegExp): Promise<number[]> {
    const cells = await this.root.getByRole('row', { name: row }).getByRole('cell').allTextContents();
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

  /** The picture of a cut, as it is on the screen once the frame in hand has been drawn. */
  pixels(normal: 0 | 1 | 2): Promise<string> {
    return this.cut(normal)
      .locator('canvas')
      .first()
      .evaluate(async (canvas: HTMLCanvasElement) => {
        for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
        return canvas.toDataURL();
      });
  }
}
