import { packColours, parseColour } from './colour-map';
import type { SliceColours } from './draw';

export interface Palette extends SliceColours {
  /** Two packed greys for voxels that were not measured. */
  readonly hatch: Uint32Array;
  readonly font: string;
}

/** The present theme's colours for canvases, read from the page's style; slow enough to be kept until the theme changes. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('muted'),
    line: colour('line-strong'),
    // Every colour map is dark where there is little, and the crosshair leaves the voxel itself free.
    crosshair: colour('crosshair'),
    hatch: packColours([parseColour(colour('hatch-1')), parseColour(colour('hatch-2'))]),
    font: `11px ${style.fontFamily}`,
  };
}
