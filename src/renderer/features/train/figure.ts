import type { AxisLayout, Layout } from 'plotly.js-strict-dist-min';

export type PageStyle = Pick<CSSStyleDeclaration, 'getPropertyValue'>;

/** What every chart has in common, in the colours of the present theme. */
export function figureStyle(style: PageStyle): {
  colour(name: string): string;
  axis(words: string, more?: Partial<AxisLayout>): AxisLayout;
  readonly layout: Omit<Layout, 'xaxis' | 'yaxis'>;
} {
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    colour,
    axis: (words, more) => ({
      title: { text: words, standoff: 4, font: { size: 11 } },
      gridcolor: colour('line'),
      linecolor: colour('line-strong'),
      zeroline: false,
      automargin: true,
      ...more,
    }),
    layout: {
      margin: { l: 10, r: 10, t: 6, b: 10 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { color: colour('muted'), size: 11, family: colour('font') },
      showlegend: false,
      hoverlabel: { bgcolor: colour('raised'), font: { color: colour('text') } },
    },
  };
}
