import type { CrystalFacts } from '@contract/simulation';
import { turned, type Rotation, type Vector } from './camera';
import { drawScaleBar, round } from '@renderer/drawing/scale-bar';

/** What is written and drawn over the atoms. */
export interface Overlay {
  readonly rotation: Rotation;
  /** CSS pixels per angstrom. */
  readonly scale: number;
  readonly radius: number;
  readonly dislocation: CrystalFacts['dislocation'];
  readonly text: string;
  readonly line: string;
  readonly font: string;
}

const axisLength = 26;
/** Half the height of a name, and its distance from the line that it names, CSS pixels. */
const [halfLine, nameGap] = [6, 4] as const;
/** A direction and its name. */
export type NamedAxis = readonly [Vector, string];
const cubic: readonly NamedAxis[] = [
  [[1, 0, 0], '[100]'],
  [[0, 1, 0], '[010]'],
  [[0, 0, 1], '[001]'],
];

/** Draws axes, a scale bar and the dislocation's line on a context scaled to CSS pixels. */
export function drawOverlay(context: CanvasRenderingContext2D, width: number, height: number, over: Overlay): void {
  context.font = over.font;
  context.lineWidth = 1.5;
  drawAxes(context, height, over.rotation, cubic, over.text);
  drawScaleBar(context, {
    ...{ right: width - 16, bottom: height - 16, pixelsPerUnit: over.scale * 10, colour: over.text },
    label: (length) => `${round(length)} nm`,
  });
  if (over.dislocation) drawLine(context, width, height, over, over.dislocation);
}

/** Draws where axes point, at the lower left. */
export function drawAxes(
  context: CanvasRenderingContext2D,
  height: number,
  rotation: Rotation,
  axes: readonly NamedAxis[],
  text: string,
): void {
  const [x0, y0] = [48, height - 46];
  context.strokeStyle = text;
  context.fillStyle = text;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const [axis, name] of axes) {
    const [right, up, towards] = turned(rotation, axis);
    context.globalAlpha = towards < 0 ? 0.45 : 1;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x0 + right * axisLength, y0 - up * axisLength);
    context.stroke();
    nameEnd(context, name, [x0, y0], [right * axisLength, -up * axisLength]);
  }
  context.globalAlpha = 1;
}

/** Writes the name of a line just beyond its end, so that the line does not run into it; the context centres its text. */
export function nameEnd(
  context: CanvasRenderingContext2D,
  name: string,
  [x0, y0]: readonly [number, number],
  [x, y]: readonly [number, number],
): void {
  const length = Math.hypot(x, y);
  // One along the line of sight has its name below its foot.
  const [dx, dy] = length > 1 ? [x / length, y / length] : [0, 1];
  const half = context.measureText(name).width / 2;
  // To the edge of the name's box in this direction, and a little more.
  const away = Math.min(half / Math.max(Math.abs(dx), 1e-6), halfLine / Math.max(Math.abs(dy), 1e-6)) + nameGap;
  context.fillText(name, x0 + x + dx * away, y0 + y + dy * away);
}

function drawLine(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { rotation, scale, radius, line }: Overlay,
  dislocation: NonNullable<CrystalFacts['dislocation']>,
): void {
  const { point, line: along } = dislocation;
  // From the foot of the centre on the line, as far as the sphere around the crystal reaches.
  const t = along[0] * point[0] + along[1] * point[1] + along[2] * point[2];
  const foot: Vector = [point[0] - t * along[0], point[1] - t * along[1], point[2] - t * along[2]];
  const half = Math.sqrt(Math.max(0, radius ** 2 - Math.hypot(...foot) ** 2));
  const end = (sign: number): readonly [number, number] => {
    const [right, up] = turned(rotation, [
      foot[0] + sign * half * along[0],
      foot[1] + sign * half * along[1],
      foot[2] + sign * half * along[2],
    ]);
    return [width / 2 + right * scale, height / 2 - up * scale];
  };
  context.strokeStyle = line;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(...end(-1));
  context.lineTo(...end(1));
  context.stroke();
  context.setLineDash([]);
}
