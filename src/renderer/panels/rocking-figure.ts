import type { ScanDetail } from '@contract/scan';
import type { Layout, ScatterTrace } from 'plotly.js-strict-dist-min';
import { text } from '../text';
import { figureStyle, type PageStyle } from './figure';

/** Data and layout of the rocking curve in the colours of the present theme. */
export function rockingFigure(
  curve: NonNullable<ScanDetail['rockingCurve']>,
  peakFrame: number | null,
  style: PageStyle,
): { readonly data: readonly ScatterTrace[]; readonly layout: Layout } {
  const { colour, axis, layout } = figureStyle(style);
  const peak = peakFrame === null ? undefined : curve.positions[peakFrame];
  return {
    data: [
      {
        type: 'scatter',
        mode: curve.counts.length > 150 ? 'lines' : 'lines+markers',
        x: curve.positions,
        y: curve.counts,
        line: { color: colour('accent'), width: 1.5 },
        marker: { color: colour('accent'), size: 3.5 },
        hovertemplate: '%{x:.4f}°: %{y:.4s}<extra></extra>',
      },
    ],
    layout: {
      ...layout,
      xaxis: axis(`${curve.motor} (°)`, { nticks: 6 }),
      yaxis: axis(text.rocking.counts, { nticks: 5, tickformat: '~s' }),
      shapes:
        peak === undefined
          ? []
          : [
              {
                type: 'line',
                x0: peak,
                x1: peak,
                y0: 0,
                y1: 1,
                yref: 'paper',
                line: { color: colour('flag'), width: 1.5, dash: 'dot' },
              },
            ],
    },
  };
}
