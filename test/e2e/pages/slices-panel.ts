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

  /** What stands beside the scan that is looked at. */
  compared(name: string): Locator {
    return this.root.getByRole('region', { name: `Compare with: ${name}` });
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

  /** Takes the line or the region tool up, or lays it down. */
  tool(name: 'Line' | 'Region'): Locator {
    return this.root.getByRole('group', { name: 'Measure' }).getByRole('button', { name });
  }

  /** What was measured, in numbers. */
  measured(name: 'Profile' | 'Region'): Locator {
    return this.root.getByRole('region', { name });
  }

  get profile(): Locator {
    return this.root.getByRole('img', { name: /^Intensity along the line/ });
  }

  /** A number of the region's, of the scan that is looked at and of one that it is compared with. */
  sum(row: string): Locator {
    return this.measured('Region').getByRole('row', { name: row }).getByRole('cell');
  }

  /** The line or rectangle as it is drawn over a cut. */
  drawnOn(normal: 0 | 1 | 2): Locator {
    return this.cut(normal).getByTestId('measure-layer');
  }

  /** Drags over a cut, by voxels from its middle to the right and upwards. */
  async drag(normal: 0 | 1 | 2, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const spot = await this.#spots(normal);
    await this.page.mouse.move(...spot(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...spot(to), { steps: 4 });
    await this.page.mouse.up();
  }

  /** Where voxels of a whole cut stand on the page, by the frame that is drawn around it. */
  async #spots(normal: 0 | 1 | 2): Promise<(voxel: readonly [number, number]) => [number, number]> {
    const box = (await this.cut(normal).boundingBox())!;
    // Room of the labels: left, right, top and bottom.
    const [width, height] = [box.width - 64, box.height - 40];
    const edge = Math.min(width, height);
    const left = box.x + 54 + (width - edge) / 2;
    const top = box.y + 6 + (height - edge) / 2;
    return ([right, up]) => [left + ((32.5 + right) / 64) * edge, top + (1 - (32.5 + up) / 64) * edge];
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
