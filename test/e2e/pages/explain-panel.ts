import type { Locator, Page } from '@playwright/test';

/** The verdict's explanation: what it rests on, and what its reflection cannot see. */
export class ExplainPanel {
  readonly page: Page;
  readonly root: Locator;
  readonly blind: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Why' });
    this.blind = page.getByRole('region', { name: 'What this reflection cannot see' });
  }

  get explain(): Locator {
    return this.root.getByRole('button', { name: /^Explain/ });
  }

  get stop(): Locator {
    return this.root.getByRole('button', { name: 'Stop' });
  }

  get goThere(): Locator {
    return this.root.getByRole('button', { name: 'Go there' });
  }

  get progress(): Locator {
    return this.root.getByRole('progressbar', { name: 'Places done' });
  }

  get overlay(): Locator {
    return this.root.getByLabel('Over the cuts');
  }

  get opacity(): Locator {
    return this.root.getByLabel('Opacity');
  }

  get colourBar(): Locator {
    return this.root.getByRole('img', { name: /^Fall of the probability/ });
  }

  get atCrosshair(): Locator {
    return this.root.getByTestId('crosshair-drop');
  }

  /** The map's layers over the cuts: three or none. */
  get layers(): Locator {
    return this.page.getByTestId('drop-layer');
  }

  /** A cut's layer, four bytes a pixel: read from a copy, as the layer itself is made to be drawn fast. */
  async #pixels(cut: number): Promise<{ readonly width: number; readonly height: number; readonly data: number[] }> {
    return this.layers.nth(cut).evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas, 0, 0);
      return { width, height, data: [...context.getImageData(0, 0, width, height).data] };
    });
  }

  /** Opacity of a cut's layer at parts of its width and height from the upper left, 0 to 255. */
  async opacityAt(cut: number, x: number, y: number): Promise<number> {
    const { width, height, data } = await this.#pixels(cut);
    return data[4 * (Math.round(y * height) * width + Math.round(x * width)) + 3]!;
  }

  /** Opacity of a cut's layer where it is strongest, 0 to 255. */
  async strongest(cut: number): Promise<number> {
    const { data } = await this.#pixels(cut);
    // The ball's white outline is none of the map's colours.
    const white = (n: number): boolean => data[n - 3]! > 200 && data[n - 2]! > 200;
    return data.reduce((most, value, n) => (n % 4 === 3 && !white(n) ? Math.max(most, value) : most), 0);
  }

  row(reflection: string): Locator {
    return this.blind.getByRole('row').filter({ hasText: reflection });
  }
}
