import type { CrystalFacts } from '@contract/simulation';
import { turned, type Rotation, type Vector } from './camera';
import { drawScaleBar, round } from '../scale-bar';

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
    // An axis along the line of sight has its name beside its foot.
    const away = Math.hypot(right, up) < 0.25 ? 0.5 : 1;
    context.fillText(name, x0 + (right / away) * (axisLength + 13), y0 - (up / away) * (axisLength + 13));
  }
  context.globalAlpha = 1;
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
