import type { Epoch, ModelEntry, TrainingProgress } from '@contract/training';
import type { Layout, ScatterTrace } from 'plotly.js-strict-dist-min';
import { trainText } from './words';
import { figureStyle, type PageStyle } from './figure';

export type Quantity = 'loss' | 'accuracy';
export type Series = 'train' | 'validation' | 'average';

/** A training's curves, and the colour it has wherever it is shown. */
export interface Curves {
  readonly entry: Pick<ModelEntry, 'name' | 'curve' | 'best'>;
  readonly colour: 'accent' | 'rust';
  /** The epoch under way, where it is the training that runs. */
  readonly live: TrainingProgress | null;
}

/** The trainings' colours tell whose a line is, its dashes what it is: colours alone would not tell everybody. */
export const dashes = { train: 'dot', validation: 'solid', average: 'dash' } as const;

const capital = { loss: 'Loss', accuracy: 'Accuracy' } as const;

/** One number of an epoch; undefined where no average was taken. */
export const valueOf = (epoch: Epoch, series: Series, quantity: Quantity): number | undefined =>
  epoch[`${series}${capital[quantity]}`];

/** How far the training is, in epochs. */
const liveAt = ({ step, steps, epochs }: TrainingProgress): number => (step / Math.max(1, steps)) * epochs;

function trace({ entry, live }: Curves, series: Series, quantity: Quantity, paint: string): ScatterTrace[] {
  const points = entry.curve.flatMap((epoch) => {
    const value = valueOf(epoch, series, quantity);
    return value === undefined ? [] : [[epoch.epoch + 1, value] as const];
  });
  const now = live?.[quantity];
  // The mean over the epoch so far moves with every step.
  if (series === 'train' && live && now !== undefined && liveAt(live) > entry.curve.length) {
    points.push([liveAt(live), now]);
  }
  if (points.length === 0) return [];
  const number = quantity === 'accuracy' ? '%{y:.1%}' : '%{y:.3f}';
  return [
    {
      type: 'scatter',
      mode: points.length > 40 ? 'lines' : 'lines+markers',
      x: points.map(([at]) => at),
      y: points.map(([, value]) => value),
      line: { color: paint, width: series === 'validation' ? 2 : 1.5, dash: dashes[series] },
      marker: { color: paint, size: series === 'validation' ? 5 : 3.5 },
      hovertemplate: `${entry.name}, ${trainText.curves.series[series]}: ${number}<extra></extra>`,
    },
  ];
}

/** One quantity of one or two trainings over their epochs, and which epoch each kept. */
export function curveFigure(
  quantity: Quantity,
  of: readonly Curves[],
  style: PageStyle,
): { readonly data: readonly ScatterTrace[]; readonly layout: Layout } {
  const { colour, axis, layout } = figureStyle(style);
  const series = ['train', 'average', 'validation'] as const;
  return {
    data: of.flatMap((one) => series.flatMap((name) => trace(one, name, quantity, colour(one.colour)))),
    layout: {
      ...layout,
      xaxis: axis(trainText.curves.epochs, { nticks: 8, rangemode: 'tozero' }),
      yaxis: axis(
        trainText.curves[quantity],
        // The first epochs' losses are large, and what matters comes after them.
        quantity === 'accuracy' ? { nticks: 6, tickformat: '.0%' } : { type: 'log', nticks: 6, tickformat: '~g' },
      ),
      shapes: of.flatMap(({ entry: { best, curve }, colour: name }) =>
        best === null || curve.length === 0
          ? []
          : [
              {
                type: 'line',
                x0: best + 1,
                x1: best + 1,
                y0: 0,
                y1: 1,
                yref: 'paper',
                line: { color: colour(name), width: 1, dash: 'dot' },
              },
            ],
      ),
    },
  };
}
