import { classes, paperClasses, simulatedClasses, type SimulatedClass } from '@vocabulary/classes';
import { classColours } from '@vocabulary/colours';
import type { SetStatistics, StatisticsGroup } from './peak-statistics';

const WIDTH = 640;
const PANEL = 130;
const LEFT = 56;
const RIGHT = 16;
const TOP = 34;
const GAP = 28;
const BOTTOM = 44;
const PLOT = WIDTH - LEFT - RIGHT;

/** A panel for each class, from the top, in its colour: a tint for what lies at the centre, in full for the rest. */
const colourOf = (label: SimulatedClass): string => classColours[classes[label].colour];
const OPACITY = { none: 1, CD: 0.55, RPD: 1 } as const;

const x = (percent: number): number => LEFT + (percent / 100) * PLOT;
const round = (value: number): string => String(Math.round(100 * value) / 100);

/** Stacked bars of one label's placements. */
function bars(parts: readonly StatisticsGroup[], binPercent: number, base: number, perPattern: number): string {
  const height = new Float64Array(100 / binPercent);
  return parts
    .flatMap(({ label, placement = 'none', histogram }) =>
      histogram.map((count, bin) => {
        if (count === 0) return '';
        height[bin]! += count * perPattern;
        const box = `x="${round(x(bin * binPercent) + 0.5)}" y="${round(base - height[bin]!)}" width="${round((binPercent / 100) * PLOT - 1)}"`;
        const title = `<title>${placement === 'none' ? label : `${label} ${placement}`}, ${bin * binPercent} to ${(bin + 1) * binPercent} %: ${count}</title>`;
        return `<rect ${box} height="${round(count * perPattern)}" fill="${colourOf(label)}" fill-opacity="${OPACITY[placement]}">${title}</rect>`;
      }),
    )
    .join('');
}

function panel(groups: readonly StatisticsGroup[], label: SimulatedClass, binPercent: number, top: number): string {
  const whole = groups.find((g) => g.label === label && g.placement === undefined);
  const base = top + PANEL;
  const axis = `<path d="M${LEFT} ${base}H${WIDTH - RIGHT}" stroke="#444"/>`;
  if (!whole) return axis;
  const most = Math.max(...whole.histogram);
  const parts = groups.filter((g) => g.label === label && g.placement !== undefined);
  const { mean, sd } = whole.percent;
  const key = parts.flatMap(({ placement }) => (placement && placement !== 'none' ? [placement] : []));
  const shades = key.length > 1 ? ` (light: ${key[0]}, dark: ${key[1]})` : key.length === 1 ? ` (${key[0]})` : '';
  return [
    bars(parts, binPercent, base, (PANEL - 12) / most),
    axis,
    `<path d="M${round(x(Math.min(100, mean)))} ${top}V${base}" stroke="#222" stroke-dasharray="3 3"/>`,
    `<text x="${LEFT + 4}" y="${top - 6}"><tspan font-weight="bold">${label}</tspan>${shades}: ${mean.toFixed(1)} ± ${sd.toFixed(1)} %, ${whole.patterns} patterns</text>`,
    `<text x="${LEFT - 6}" y="${top + 14}" text-anchor="end">${most}</text>`,
    `<text x="${LEFT - 6}" y="${base}" text-anchor="end">0</text>`,
  ].join('');
}

/** The histograms of a set's maximum intensities as a picture (Supplementary Fig. 15). */
export function statisticsSvg({ groups, binPercent }: SetStatistics): string {
  // The paper's sets have three classes, and three panels.
  const isShown = (label: SimulatedClass): boolean =>
    paperClasses.some((name) => name === label) || groups.some((group) => group.label === label);
  const labels = simulatedClasses.filter(isShown);
  const top = (n: number): number => TOP + n * (PANEL + GAP);
  const base = top(labels.length - 1) + PANEL;
  const ticks = [0, 20, 40, 60, 80, 100].map(
    (p) =>
      `<path d="M${x(p)} ${base}v5" stroke="#444"/><text x="${x(p)}" y="${base + 18}" text-anchor="middle">${p}</text>`,
  );
  const caption = 'maximum of intensity, % of a defect-free crystal of similar size';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${base + BOTTOM}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${WIDTH}" height="${base + BOTTOM}" fill="#fff"/>`,
    ...labels.map((label, n) => panel(groups, label, binPercent, top(n))),
    ...ticks,
    `<text x="${x(50)}" y="${base + 36}" text-anchor="middle">${caption}</text>`,
    '</svg>\n',
  ].join('\n');
}
