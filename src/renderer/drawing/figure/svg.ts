import type { AxisLabel } from '@renderer/drawing/slices/draw';
import type { FigureAxis } from './axis';

/** A line over a picture: places as parts of the frame's width from the left and its height from the top. */
export interface FigureMark {
  readonly points: readonly (readonly [number, number])[];
  readonly dashed?: boolean;
  /** White unless given. */
  readonly colour?: string;
}

/** What a mark means: its sign in its colour on dark, as it is seen in the picture, and its words. */
export interface FigureKey {
  /** Of the sign's left end and the words' foot. */
  readonly left: number;
  readonly top: number;
  readonly sign: string;
  readonly colour: string;
  readonly words: string;
}

/** A picture or a curve in a frame with two axes; sizes in the figure's own units, which are points of text. */
export interface FigurePanel {
  readonly caption: string;
  /** Of the frame without its labels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** None where a direction in the picture has no numbers, as in a view in 3-D; then there is no frame either. */
  readonly right?: FigureAxis;
  readonly up?: FigureAxis;
  readonly marks?: readonly FigureMark[];
  readonly content:
    | {
        /** Address of a picture, one pixel per voxel. */
        readonly image: string;
        readonly columns: number;
        readonly rows: number;
        /** Its pixels are no voxels, to be seen one by one. */
        readonly smooth?: boolean;
        /** The part that is seen: from the left and the top, in pixels. */
        readonly seen: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
      }
    | {
        /** Points as parts of the frame's width from the left and its height from the bottom; a line ends at null. The second is dashed. */
        readonly curves: readonly (readonly (readonly [number, number] | null)[])[];
      };
}

export interface ColourScale {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** From low to high. */
  readonly colours: readonly string[];
  readonly labels: readonly AxisLabel[];
}

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly panels: readonly FigurePanel[];
  readonly bar?: ColourScale;
  readonly keys?: readonly FigureKey[];
}

const ink = '#16191d';
const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
const n = (value: number): string => String(Number(value.toFixed(2)));

function label(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}"${more}>${escape(words)}</text>`;
}

function axes({ left, top, width, height, right, up }: FigurePanel): string {
  if (!right || !up) return '';
  const bottom = top + height;
  const middle = top + height / 2;
  return [
    `<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="none" stroke="${ink}"/>`,
    ...right.labels.map(({ t, label: words }) => {
      const x = left + t * width;
      return `<path d="M${n(x)} ${n(bottom)}v4" stroke="${ink}"/>${label(x, bottom + 15, words, 'middle')}`;
    }),
    label(left + width / 2, bottom + 30, right.title, 'middle'),
    ...up.labels.map(({ t, label: words }) => {
      const y = bottom - t * height;
      return `<path d="M${n(left)} ${n(y)}h-4" stroke="${ink}"/>${label(left - 7, y + 4, words, 'end')}`;
    }),
    label(left - 46, middle, up.title, 'middle', ` transform="rotate(-90 ${n(left - 46)} ${n(middle)})"`),
  ].join('');
}

/** The parts of a line between what is missing of it. */
function unbroken<T>(line: readonly (T | null)[]): T[][] {
  const parts: T[][] = [[]];
  for (const point of line) {
    if (point === null) parts.push([]);
    else parts.at(-1)!.push(point);
  }
  return parts.filter((part) => part.length > 0);
}

/** A line, or the dot that is left of it where it has one point. */
function stroke(places: readonly string[], at: number): string {
  const [colour, dashes] = at === 0 ? ['#0b5fa5', ''] : ['#9c3a00', ' stroke-dasharray="5 3"'];
  const points = places.length > 1 ? places : [places[0], places[0]];
  const cap = places.length > 1 ? `${dashes} stroke-width="1.5"` : ' stroke-width="3" stroke-linecap="round"';
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}"${cap}/>`;
}

function content({ left, top, width, height, content: inside }: FigurePanel): string {
  if ('curves' in inside) {
    const place = ([t, u]: readonly [number, number]): string => `${n(left + t * width)},${n(top + (1 - u) * height)}`;
    return inside.curves.flatMap((curve, at) => unbroken(curve).map((part) => stroke(part.map(place), at))).join('');
  }
  const { x, y, width: w, height: h } = inside.seen;
  // An inner picture clips to what is seen, and its pixels stay squares at any size.
  return (
    `<svg x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" viewBox="${n(x)} ${n(y)} ${n(w)} ${n(h)}" preserveAspectRatio="none">` +
    `<image href="${escape(inside.image)}" width="${inside.columns}" height="${inside.rows}" ${inside.smooth ? '' : 'image-rendering="pixelated" '}preserveAspectRatio="none"/></svg>`
  );
}

/** Light on dark, so that lines are seen on any colour. */
function marked({ left, top, width, height, marks = [] }: FigurePanel): string {
  const lines = marks.flatMap(({ points, dashed, colour = '#ffffff' }) => {
    const path = points.map(([x, y]) => `${n(x * width)},${n(y * height)}`).join(' ');
    const dashes = dashed ? ' stroke-dasharray="4 3"' : '';
    return [
      ['#000000', 2.5],
      [colour, 1],
    ].map(
      ([ink, thick]) => `<polyline points="${path}" fill="none" stroke="${ink}" stroke-width="${thick}"${dashes}/>`,
    );
  });
  if (lines.length === 0) return '';
  return `<svg x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}">${lines.join('')}</svg>`;
}

function colourScale({ left, top, width, height, title, colours, labels }: ColourScale): string {
  const step = width / colours.length;
  return [
    // A hair wider than a step, so that no seam shows between two colours.
    ...colours.map(
      (colour, at) =>
        `<rect x="${n(left + at * step)}" y="${n(top)}" width="${n(step + 0.3)}" height="${n(height)}" fill="${colour}"/>`,
    ),
    `<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="none" stroke="${ink}"/>`,
    ...labels.map(({ t, label: words }) => label(left + t * width, top + height + 14, words, 'middle')),
    label(left + width / 2, top - 6, title, 'middle'),
  ].join('');
}

/** Width of a bold letter in parts of its size, rather more than the mean. */
const boldLetter = 0.7;

/** The size that a heading is written in so that it keeps its end, 13 where there is room. */
const sizeOf = (title: string, room: number): number =>
  Math.max(7, Math.min(13, room / (boldLetter * Math.max(1, title.length))));

const keyOf = ({ left, top, sign, colour, words }: FigureKey): string =>
  `<rect x="${n(left)}" y="${n(top - 10)}" width="14" height="13" fill="${ink}"/>` +
  label(left + 7, top, sign, 'middle', ` fill="${colour}"`) +
  label(left + 20, top, words, 'start');

/** A figure for a notebook or a paper: black on white whatever the screen's theme, text as text. */
export function svgOf({ width, height, title, panels, bar, keys = [] }: Figure): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Arial, sans-serif" font-size="11" fill="${ink}">`,
    `<title>${escape(title)}</title><rect width="${width}" height="${height}" fill="#ffffff"/>`,
    label(16, 20, title, 'start', ` font-size="${n(sizeOf(title, width - 32))}" font-weight="bold"`),
    ...panels.map(
      (panel) =>
        content(panel) + marked(panel) + axes(panel) + label(panel.left, panel.top - 7, panel.caption, 'start'),
    ),
    bar ? colourScale(bar) : '',
    ...keys.map(keyOf),
    '</svg>',
  ].join('');
}
