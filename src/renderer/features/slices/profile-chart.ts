import { intensityTick } from '@renderer/format';
import { wholeSpan, type ChartOf } from '@renderer/drawing/figure/chart';
import { scaler, scaleTicks, type Range, type ScaleName } from '@renderer/drawing/slices/scale';
import type { Profile } from './measured';
import { slicesText } from './words';

/** What a scale leaves free above the highest value, and the least that a logarithmic one spans. */
const above = 1.1;
const decade = 10;

/**
 * Profiles as a chart, upwards by the scale of the colours. It ends a little above the highest value that is seen; a logarithmic
 * one begins where the colours do, but spans a decade at least.
 * @param range of the colours
 */
export function profileChart(profiles: readonly Profile[], scale: ScaleName, range: Range): ChartOf {
  const lines = profiles.map(({ points }) => points);
  return {
    lines,
    span: wholeSpan(lines, profiles[0]?.voxel ?? 1),
    across: slicesText.measure.distance,
    up(highest, count) {
      const high = highest > 0 ? highest * above : 1;
      const low = scale === 'log' ? Math.min(range.low, high / decade) : 0;
      const ends = { low, high, knee: Math.min(range.knee, high / decade) };
      const position = scaler(scale, ends);
      const ticks = scaleTicks(scale, ends);
      const every = Math.ceil(ticks.length / (count + 1));
      const labels = ticks
        .filter((_, n) => n % every === 0)
        .map((tick) => ({ t: position(tick), label: intensityTick(tick) }));
      return { axis: { title: slicesText.measure.intensity, labels }, position };
    },
  };
}
