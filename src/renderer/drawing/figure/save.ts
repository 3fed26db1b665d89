import { svgOf, type Figure } from './svg';

export type PictureFormat = 'png' | 'svg';

/** Pixels of a PNG per unit of the figure: sharp in print at its natural size. */
const density = 3;

/** The figure as a file of a format. */
async function fileOf(figure: Figure, format: PictureFormat): Promise<Blob> {
  const svg = new Blob([svgOf(figure)], { type: 'image/svg+xml' });
  if (format === 'svg') return svg;
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(figure.width * density, figure.height * density);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Saves a figure where the browser saves what it downloads. */
export async function saveFigure(figure: Figure, name: string, format: PictureFormat): Promise<void> {
  saveBlob(await fileOf(figure, format), `${name.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.${format}`);
}

/** Likewise any file that the page made. */
export function saveBlob(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
