import { fixed } from '@renderer/format';
import { axisOf } from './axis';
import type { ChartOf } from './chart';
import type { Figure } from './svg';

/** A chart as a figure, as it is seen. @param caption of its panel: what its lines are of */
export function chartFigure(title: string, caption: string, { lines, span, across, up }: ChartOf): Figure {
  const [from, to] = span;
  const values = lines.flatMap((points) => points.flatMap(({ y }) => y ?? []));
  const rise = up(Math.max(0, ...values), 5);
  return {
    width: 520,
    height: 330,
    title,
    panels: [
      {
        caption,
        left: 80,
        top: 50,
        width: 420,
        height: 230,
        right: axisOf(across, from, to, 6, fixed),
        up: rise.axis,
        content: {
          curves: lines.map((points) =>
            points.map(({ x, y }) => (y === null ? null : ([(x - from) / (to - from), rise.position(y)] as const))),
          ),
        },
      },
    ],
  };
}
