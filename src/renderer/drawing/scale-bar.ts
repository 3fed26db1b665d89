/** About how long a bar is, CSS pixels. */
const barWidth = 90;

export interface ScaleBar {
  /** Where it ends, from the upper left, CSS pixels. */
  readonly right: number;
  readonly bottom: number;
  readonly pixelsPerUnit: number;
  readonly colour: string;
  /** What the length is called. */
  label(length: number): string;
}

/** Draws a scale bar of one, two or five times a power of ten, its length above it in the context's font. */
export function drawScaleBar(context: CanvasRenderingContext2D, bar: ScaleBar): void {
  const { right, bottom, pixelsPerUnit, colour, label } = bar;
  const rough = barWidth / pixelsPerUnit;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const length = [5, 2, 1].map((n) => n * decade).find((n) => n <= rough) ?? decade;
  const long = length * pixelsPerUnit;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(right - long, bottom - 4);
  context.lineTo(right - long, bottom);
  context.lineTo(right, bottom);
  context.lineTo(right, bottom - 4);
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(label(length), right - long / 2, bottom - 4);
}

/** A length to one digit, without the dust of its arithmetic. */
export const round = (length: number): number => Number(length.toPrecision(1));
