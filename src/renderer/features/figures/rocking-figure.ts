import type { ScanDetail } from '@contract/scan';
import { riseFromZero, wholeSpan } from '@renderer/drawing/figure/chart';
import { chartFigure } from '@renderer/drawing/figure/chart-figure';
import type { Figure } from '@renderer/drawing/figure/svg';
import { figuresText } from './words';

const powers = (tick: number): string => (tick >= 1e4 ? tick.toExponential(0).replace('e+', 'e') : String(tick));

/** The rocking curve as a figure. */
export function rockingFigure(title: string, curve: NonNullable<ScanDetail['rockingCurve']>): Figure {
  const words = figuresText.rocking;
  const count = Math.min(curve.positions.length, curve.counts.length);
  const lines = [curve.positions.slice(0, count).map((x, at) => ({ x, y: curve.counts[at]! }))];
  const across = `${curve.motor} (°)`;
  return chartFigure(title, words.title, {
    lines,
    span: wholeSpan(lines, 1),
    across,
    up: riseFromZero(words.counts, powers),
  });
}
