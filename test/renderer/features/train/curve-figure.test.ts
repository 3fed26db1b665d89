import { describe, expect, it } from 'vitest';
import type { Epoch } from '@contract/training';
import { curveFigure, type Curves } from '@renderer/features/train/curve-figure';

const style = { getPropertyValue: (name: string) => `colour of ${name}` };
const epoch = (n: number, average?: number): Epoch => ({
  ...{
    epoch: n,
    rate: 1e-3,
    trainLoss: 1 / (n + 1),
    trainAccuracy: 0.5,
    validationLoss: 2 / (n + 1),
    validationAccuracy: 0.4,
  },
  ...(average !== undefined && { averageLoss: average, averageAccuracy: 0.6 }),
});
const done: Curves = {
  entry: { name: 'done', curve: [epoch(0, 3), epoch(1, 1)], best: 1 },
  colour: 'accent',
  live: null,
};

describe('curves', () => {
  it('are one line for each of training, average and validation, the first epoch at 1', () => {
    const { data, layout } = curveFigure('loss', [done], style);
    expect(data.map(({ x, y, line }) => [x, y, line?.dash])).toEqual([
      [[1, 2], [1, 0.5], 'dot'],
      [[1, 2], [3, 1], 'dash'],
      [[1, 2], [2, 1], 'solid'],
    ]);
    expect(layout.shapes).toMatchObject([{ x0: 2, line: { color: 'colour of --accent' } }]);
  });

  it('of a training under way end where its epoch is', () => {
    const live = { epoch: 1, epochs: 4, step: 15, steps: 40, exporting: false, loss: 0.4, accuracy: 0.7 };
    const entry = { name: 'new', curve: [epoch(0)], best: null };
    const { data, layout } = curveFigure('accuracy', [{ entry, colour: 'rust', live }, done], style);
    // No average was taken of the first; the mean over the half epoch is the last point of its training line.
    expect(data).toHaveLength(2 + 3);
    expect(data[0]).toMatchObject({ x: [1, 1.5], y: [0.5, 0.7], line: { color: 'colour of --rust' } });
    expect(data[1]).toMatchObject({ x: [1], y: [0.4] });
    expect(layout.shapes).toHaveLength(1);
  });
});
