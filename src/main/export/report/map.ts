import type { SamplePosition } from '@contract/scan';
import { fixed } from '@core/math/fixed';
import { listedClasses } from '@vocabulary/listed';
import { html, type Html } from './escape';
import { fontSize, placeLabels, type Label } from './labels';
import { classes, type DefectClass } from '@vocabulary/classes';
import { classColours } from '@vocabulary/colours';

/** A scan with its place on the sample. */
export interface Placed {
  readonly scan: string;
  /** null: the files do not tell. */
  readonly sample: string | null;
  readonly position: SamplePosition;
  /** A person's class where there is one, otherwise the network's; undefined while there is neither. */
  readonly class: DefectClass | undefined;
  /** Neither the network nor a person is sure of it. */
  readonly unsure: boolean;
  readonly flagged: boolean;
}

const [width, height, margin] = [760, 300, 34];
/** Named on the map up to so many; the rest by their signs alone. */
const mostNamed = 60;

/** Signs that differ in their shape too: reports are printed in grey. */
function signOf(name: DefectClass): Html {
  const { sign, colour } = classes[name];
  return html`<path
    d="${sign}"
    transform="scale(0.85) translate(-8 -8)"
    stroke="${classColours[colour]}"
    stroke-width="2"
    fill="none"
  />`;
}
const notJudged = html`<circle r="1.8" fill="#8a93a0" />`;

/** A map for each sample: the particles where the stage's motors had them, along the two axes on which they lie farthest apart; to scale. */
export function sampleMaps(placed: readonly Placed[]): Html {
  const samples = [...Map.groupBy(placed, ({ sample }) => sample)];
  if (samples.length === 0) return html`<p class="quiet">No scan records where on the sample it was taken.</p>`;
  const one = ([sample, own]: (typeof samples)[number]): Html =>
    html`${samples.length > 1 || sample !== null ? html`<h3>${sample ?? 'Sample not recorded'}</h3>` : ''}
    ${sampleMap(own as [Placed, ...Placed[]])}`;
  return html`${samples.map(one)}`;
}

function sampleMap(placed: readonly [Placed, ...Placed[]]): Html {
  const [first] = placed;
  const valuesOf = (name: string): number[] =>
    placed.map(({ position }) => position.axes.find((axis) => axis.name === name)?.micrometres ?? NaN);
  const spread = (name: string): number => {
    const values = valuesOf(name).filter(Number.isFinite);
    return Math.max(...values) - Math.min(...values);
  };
  const order = first.position.axes.map(({ name }) => name);
  const [right, up] = order
    .toSorted((a, b) => spread(b) - spread(a))
    .slice(0, 2)
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) as [string, string];
  const [xs, ys] = [valuesOf(right), valuesOf(up)];
  const middle = (values: readonly number[]): number => {
    const known = values.filter(Number.isFinite);
    return (Math.max(...known) + Math.min(...known)) / 2;
  };
  const [x0, y0] = [middle(xs), middle(ys)];
  const scale = Math.min(
    (width - 2 * margin) / Math.max(spread(right), 0.5),
    (height - 2 * margin) / Math.max(spread(up), 0.5),
  );
  const bar = 10 ** Math.floor(Math.log10(width / 3 / scale));
  const points = placed.flatMap((each, n) => {
    const [x, y] = [width / 2 + (xs[n]! - x0) * scale, height / 2 - (ys[n]! - y0) * scale];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ each, x, y }] : [];
  });
  const labels =
    points.length <= mostNamed
      ? placeLabels(
          points.map(({ each, x, y }) => ({ x, y, name: each.scan })),
          width,
        )
      : [];
  const unnamed = points.length - labels.filter((label) => label !== undefined).length;
  const label = ({ x, y, anchor }: Label, name: string): Html =>
    html`<text x="${String(x)}" y="${String(y)}" font-size="${String(fontSize)}" fill="#515a66" text-anchor="${anchor}"
      >${name}</text
    >`;
  const point = ({ each, x, y }: (typeof points)[number], n: number): Html =>
    html`<g transform="translate(${fixed(x, 1)} ${fixed(y, 1)})" opacity="${each.unsure ? '0.5' : '1'}">
      ${each.class ? signOf(each.class) : notJudged}
      ${each.flagged ? html`<circle r="7.5" fill="none" stroke="#16191d" stroke-dasharray="2 2" />` : ''}
      ${labels[n] ? label(labels[n], each.scan) : ''}
    </g>`;
  const key = (name: DefectClass, n: number): Html =>
    html`<g transform="translate(${String(12 + 90 * n)} 12)">
      ${signOf(name)}<text x="10" y="4" font-size="10">${classes[name].words.short.toLowerCase()}</text>
    </g>`;
  return html`<svg
      viewBox="0 0 ${String(width)} ${String(height)}"
      width="100%"
      role="img"
      aria-label="Sample map: ${String(points.length)} particles, ${right} to the right, ${up} upwards"
    >
      <rect width="${String(width)}" height="${String(height)}" fill="none" stroke="#d3d8df" />
      ${points.map(point)} ${listedClasses(placed.flatMap(({ class: of }) => of ?? [])).map(key)}
      <g transform="translate(${String(width - margin)} ${String(height - 12)})">
        <path d="M0 0h-${fixed(bar * scale, 1)}" stroke="#16191d" stroke-width="2" />
        <text x="0" y="-4" font-size="10" text-anchor="end">${String(bar)} µm</text>
      </g>
    </svg>
    <p class="quiet">
      ${right} to the right, ${up} upwards, to scale. Pale: unsure; dashed ring: flagged; grey point: not judged.
      ${unnamed > 0 ? `${String(unnamed)} without room for a name.` : ''}
    </p>`;
}
