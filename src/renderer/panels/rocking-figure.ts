import type { ScanDetail } from '@contract/scan';
import type { AxisLayout, Layout, ScatterTrace } from 'plotly.js-strict-dist-min';
import { text } from '../text';

/** Data and layout of the rocking curve in the colours of the present theme. */
export function rockingFigure(
  curve: NonNullable<ScanDetail['rockingCurve']>,
  peakFrame: number | null,
  style: Pick<CSSStyleDeclaration, 'getPropertyValue'>,
): { readonly data: readonly ScatterTrace[]; readonly layout: Layout } {
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const title = (words: string): AxisLayout['title'] => ({ text: words, standoff: 4, font: { size: 11 } });
  const axis = { gridcolor: colour('line'), linecolor: colour('line-strong'), zeroline: false, automargin: true };
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
      margin: { l: 10, r: 10, t: 6, b: 10 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { color: colour('muted'), size: 11, family: colour('font') },
      showlegend: false,
      hoverlabel: { bgcolor: colour('raised'), font: { color: colour('text') } },
      xaxis: { ...axis, title: title(`${curve.motor} (°)`), nticks: 6 },
      yaxis: { ...axis, title: title(text.rocking.counts), nticks: 5, tickformat: '~s' },
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
