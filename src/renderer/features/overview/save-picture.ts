import type { Figure } from '@renderer/drawing/figure/svg';
import type { PictureFormat } from '@renderer/drawing/figure/save';

const MARGIN = 12;
const CAPTION = 34;

/** What a canvas shows, on the ground that it is seen on: its own is clear. */
function addressOn(canvas: HTMLCanvasElement): string {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext('2d')!;
  context.fillStyle = getComputedStyle(canvas.closest('section') ?? canvas).backgroundColor;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return copy.toDataURL('image/png');
}

/** A canvas as a figure of its own, at its size on the screen. */
function figureOf(canvas: HTMLCanvasElement, title: string, caption: string): Figure {
  const { clientWidth: width, clientHeight: height, width: columns, height: rows } = canvas;
  return {
    ...{ title, width: width + 2 * MARGIN, height: height + 2 * CAPTION },
    panels: [
      {
        ...{ caption, left: MARGIN, top: CAPTION + MARGIN, width, height },
        content: {
          image: addressOn(canvas),
          columns,
          rows,
          smooth: true,
          seen: { x: 0, y: 0, width: columns, height: rows },
        },
      },
    ],
  };
}

/** Saves a canvas of the overview as it is seen. @param caption what its signs mean */
export async function savePicture(
  canvas: HTMLCanvasElement,
  title: string,
  caption: string,
  format: PictureFormat,
): Promise<void> {
  const { saveFigure } = await import('@renderer/drawing/figure/save');
  await saveFigure(figureOf(canvas, title, caption), title, format);
}
