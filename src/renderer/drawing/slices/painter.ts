/** A cut at one pixel per voxel, kept off the page; drawing it enlarged is the browser's work. */
export class Painter {
  readonly canvas: OffscreenCanvas;
  /** The pixels, one 32-bit word each; `commit` takes them over. */
  readonly words: Uint32Array;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #image: ImageData;

  constructor(columns: number, rows: number) {
    this.canvas = new OffscreenCanvas(columns, rows);
    this.#context = this.canvas.getContext('2d')!;
    this.#image = this.#context.createImageData(columns, rows);
    this.words = new Uint32Array(this.#image.data.buffer);
  }

  commit(): void {
    this.#context.putImageData(this.#image, 0, 0);
  }
}

/**
 * A context scaled to CSS pixels on a cleared canvas of that size, sharp on any screen.
 * The canvas gets new memory only when its size changes: scrubbing must not.
 */
export function clearedContext(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const density = window.devicePixelRatio;
  const size = [Math.round(width * density), Math.round(height * density)] as const;
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const context = canvas.getContext('2d')!;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** A layer of its own, drawn once and laid over many pictures, as sharp as they are. @param width of the layer, as its height, in CSS pixels */
export function layer(
  width: number,
  height: number,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): OffscreenCanvas {
  const density = window.devicePixelRatio;
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * density)),
    Math.max(1, Math.round(height * density)),
  );
  const context = canvas.getContext('2d')!;
  context.scale(density, density);
  draw(context);
  return canvas;
}
