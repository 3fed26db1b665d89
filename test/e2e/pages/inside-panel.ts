import type { Locator, Page } from '@playwright/test';

/** The crystal within a scan: what is said of it, and the crystal itself. */
export class InsidePanel {
  readonly page: Page;
  /** Beside the verdict. */
  readonly root: Locator;
  /** In place of the pattern's cuts. */
  readonly crystal: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('region', { name: 'Inside' });
    this.crystal = page.getByRole('main', { name: 'Crystal' });
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name });
  }

  get progress(): Locator {
    return this.root.getByRole('progressbar', { name: 'Retrievals done' });
  }

  /** Each crystal in 3-D: one, or two that are compared. */
  get bodies(): Locator {
    return this.crystal.getByRole('application', { name: /Crystal, coloured by/ });
  }

  get cuts(): Locator {
    return this.crystal.getByRole('application', { name: /cut across/ });
  }

  cut(of: 'Amplitude' | 'Phase' | 'Displacement' | 'Strain', axis: 'Q∥' | 'Q⊥h' | 'Q⊥v'): Locator {
    return this.crystal.getByRole('application', { name: new RegExp(`${of}, cut across ${axis}`) });
  }

  quantity(name: 'Phase' | 'Displacement' | 'Strain'): Locator {
    return this.crystal.getByRole('button', { name, exact: true });
  }

  get bar(): Locator {
    return this.crystal.getByRole('img', { name: /, (rad|Å|%): / });
  }

  get level(): Locator {
    return this.crystal.getByRole('slider', { name: /^Surface at/ });
  }

  get opacity(): Locator {
    return this.crystal.getByRole('slider', { name: /^Opacity/ });
  }

  save(format: 'PNG' | 'SVG'): Locator {
    return this.crystal.getByRole('button', { name: `Save the crystal as ${format}` });
  }

  /** Pixels of a canvas that are drawn, how many of them in so many colours, and the picture, once the frame in hand has been drawn. */
  async picture(of: Locator): Promise<{ readonly drawn: number; readonly colours: number; readonly data: string }> {
    return of.locator('canvas').evaluate(async (canvas: HTMLCanvasElement) => {
      for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
      // Read from a copy: reading a canvas again and again would change how the browser draws on it.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set(new Uint32Array(data.buffer));
      let drawn = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at]! > 60) drawn++;
      return { drawn, colours: seen.size, data: canvas.toDataURL() };
    });
  }
}
