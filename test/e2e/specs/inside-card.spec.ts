import { idOf } from '../support/fake-inside';
import { expect, test, type Screen } from '../support/fixtures';
import { InsidePanel } from '../pages/inside-panel';
import { scenarios } from '../support/scenarios';
import { chromiumArguments, installedChromium } from '../support/browser';

test.skip(Boolean(process.env['BRAGGWATCH_ELECTRON']), 'the browser is started with a card of its own');
const executablePath = installedChromium();
// A graphics card in software: it draws as a real one does.
test.use({
  launchOptions: {
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...chromiumArguments.filter((argument) => argument !== '--disable-gpu'),
      ...['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
    ],
  },
});

/** The crystal's picture in 3-D, by means of 4 x 4 pixels, and how often a card drew. */
async function drawn({ app, page, queue }: Screen): Promise<{ means: number[]; drawings: number }> {
  const panel = new InsidePanel(page);
  app.inside.advance(await idOf(app, 'S0037'), 5);
  await queue.open('S0037');
  await panel.button('Show the crystal').click();
  await expect.poll(async () => (await panel.picture(panel.bodies)).drawn).toBeGreaterThan(10_000);
  return panel.bodies.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const [width, height] = [canvas.width >> 2, canvas.height >> 2];
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    copy.fillStyle = '#ffffff';
    copy.fillRect(0, 0, width, height);
    copy.drawImage(canvas, 0, 0, width, height);
    const drawings = Number(document.documentElement.dataset['drawings'] ?? 0);
    return { means: [...copy.getImageData(0, 0, width, height).data], drawings };
  });
}

test('a graphics card draws the picture that the processor draws', async ({ open, page }) => {
  // Whether it is taken for a card is the only difference.
  await page.addInitScript(() => {
    if (sessionStorage.getItem('card') !== 'yes') return;
    const { getParameter } = WebGLRenderingContext.prototype;
    WebGLRenderingContext.prototype.getParameter = function (name: number): unknown {
      return name === 0x9246 || name === this.RENDERER ? 'a card' : getParameter.call(this, name);
    };
    const { getContext } = HTMLCanvasElement.prototype;
    const asked = function (this: HTMLCanvasElement, kind: string, how?: object): unknown {
      return Reflect.apply(getContext, this, [kind, { ...how, failIfMajorPerformanceCaveat: false }]) as unknown;
    };
    HTMLCanvasElement.prototype.getContext = asked as typeof getContext;
    const { drawElements } = WebGLRenderingContext.prototype;
    WebGLRenderingContext.prototype.drawElements = function (...how) {
      const root = document.documentElement;
      root.dataset['drawings'] = String(Number(root.dataset['drawings'] ?? 0) + 1);
      drawElements.apply(this, how);
    };
  });
  const screen = await open(scenarios.beamtime);
  const processor = await drawn(screen);
  expect(processor.drawings).toBe(0);
  await page.evaluate(() => sessionStorage.setItem('card', 'yes'));
  await page.reload();
  const card = await drawn(screen);
  await page.screenshot({ path: 'test-results/looks/inside-card.png' });
  expect(card.drawings).toBeGreaterThan(4);
  expect(card.means).toHaveLength(processor.means.length);
  const apart = card.means.map((value, n) => Math.abs(value - processor.means[n]!));
  expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(1.5);
  // But for the rims, which one of them smooths.
  expect(apart.filter((each) => each > 24).length / apart.length).toBeLessThan(0.02);
});
