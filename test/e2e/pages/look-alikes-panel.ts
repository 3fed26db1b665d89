import type { Locator, Page } from '@playwright/test';

/** The simulated patterns most like the scan. */
export class LookAlikesPanel {
  readonly root: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: 'Look-alikes' });
  }

  get button(): Locator {
    return this.root.getByRole('button');
  }

  /** One for each pattern, nearest first. */
  get patterns(): Locator {
    return this.root.getByRole('list', { name: 'Nearest simulated patterns' }).getByRole('listitem');
  }

  /** Colours there are in a picture: one where nothing was drawn. */
  colours(pattern: number): Promise<number> {
    return this.patterns
      .nth(pattern)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
        copy.drawImage(canvas, 0, 0);
        return new Set(new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
      });
  }
}
