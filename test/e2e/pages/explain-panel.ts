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

  get pause(): Locator {
    return this.root.getByRole('button', { name: 'Pause' });
  }

  get goOn(): Locator {
    return this.root.getByRole('button', { name: 'Go on' });
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
    return this.page.getByTestId('occlusion-layer');
  }

  /**
   * Opacity of a cut's layer, 0 to 255: where it is strongest (the ball's white outline left out), and near the upper right corner
   * of the cut. Read from a copy, as the layer itself is made to be drawn fast.
   */
  opacities(cut: number): Promise<{ readonly strongest: number; readonly corner: number }> {
    return this.layers.nth(cut).evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      let strongest = 0;
      for (let n = 0; n < data.length; n += 4) {
        const white = data[n + 1]! > 200 && data[n + 2]! > 200;
        if (!white) strongest = Math.max(strongest, data[n + 3]!);
      }
      return { strongest, corner: data[4 * (Math.round(0.1 * height) * width + Math.round(0.9 * width)) + 3]! };
    });
  }

  row(reflection: string): Locator {
    return this.blind.getByRole('row').filter({ hasText: reflection });
  }
}
