import type { Locator, Page } from '@playwright/test';

type Name = 'Rocking curve' | 'Surface' | 'Detector';

/** The figures beside the cuts. */
export class Figures {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('main');
  }

  tab(name: Name): Locator {
    return this.root.getByRole('tab', { name });
  }

  async show(name: Name): Promise<void> {
    await this.tab(name).click();
  }

  get panel(): Locator {
    return this.root.getByRole('tabpanel');
  }

  get surface(): Locator {
    return this.panel.getByRole('application', { name: /^Surface of equal intensity/ });
  }

  get level(): Locator {
    return this.panel.getByRole('slider', { name: 'Level' });
  }

  /** Whether the surface is coloured by what the verdict rests on. */
  get rests(): Locator {
    return this.panel.getByLabel('Coloured by what the verdict rests on');
  }

  get occlusionBar(): Locator {
    return this.panel.getByRole('img', { name: /^Fall of the probability/ });
  }

  get detector(): Locator {
    return this.root.getByRole('region', { name: 'Detector frame' });
  }

  get area(): Locator {
    return this.detector.getByLabel('Part of the detector');
  }

  get size(): Locator {
    return this.root.getByRole('button', { name: /^(Larger|Smaller)$/ });
  }

  /** How many pixels of the figure's picture are drawn, and the picture, once the frame in hand has been drawn. */
  async picture(): Promise<{ readonly drawn: number; readonly data: string }> {
    return this.panel
      .locator('canvas')
      .first()
      .evaluate(async (canvas: HTMLCanvasElement) => {
        for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
        // Read from a copy: reading a canvas again and again would change how the browser draws on it.
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        let drawn = 0;
        for (let at = 3; at < data.length; at += 4) if (data[at] === 255) drawn++;
        return { drawn, data: canvas.toDataURL() };
      });
  }
}
