import type { BodyStage } from '@renderer/drawing/inside/body';
import { softwareStage } from '@renderer/drawing/inside/software';
import { webglStage } from '@renderer/drawing/inside/webgl';
import { softwareRenderer } from '@renderer/shell/graphics';

let card: boolean | undefined;

/** Draws on the graphics card where one draws the page; an emulated one is slower than the processor by itself. */
export function createStage(): BodyStage {
  card ??= softwareRenderer() === null;
  return (card && webglStage(softwareStage)) || softwareStage();
}
