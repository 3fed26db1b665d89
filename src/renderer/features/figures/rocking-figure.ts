import type { ScanDetail } from '@contract/scan';
import { fixed } from '@renderer/format';
import { figuresText } from './words';
import { axisOf } from '@renderer/drawing/figure/axis';
import type { Figure } from '@renderer/drawing/figure/svg';

/** The rocking curve as a figure. */
export function rockingFigure(title: string, curve: NonNullable<ScanDetail['rockingCurve']>): Figure {
  const low = Math.min(...curve.positions);
  const high = Math.max(...curve.positions);
  const most = Math.max(1, ...curve.counts) * 1.05;
  const count = Math.min(curve.positions.length, curve.counts.length);
  return {
    width: 520,
    height: 330,
    title,
    panels: [
      {
        caption: figuresText.rocking.title,
        left: 80,
        top: 50,
        width: 420,
        height: 230,
        right: axisOf(`${curve.motor} (°)`, low, high, 6, fixed),
        up: axisOf(figuresText.rocking.counts, 0, most, 5, (tick) =>
          tick >= 1e4 ? tick.toExponential(0).replace('e+', 'e') : String(tick),
        ),
        content: {
          curves: [
            Array.from(
              { length: count },
              (_, at) => [(curve.positions[at]! - low) / (high - low || 1), curve.counts[at]! / most] as const,
            ),
          ],
        },
      },
    ],
  };
}
