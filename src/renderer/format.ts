import { errorCatalogue, type Problem } from '@contract/errors';

export { percent, probability, wholePercent, wholeProbability } from '@contract/percent';

const minus = (text: string): string => text.replace('-', '−');

/** A number with so many decimals and a minus sign of its own; never a zero with one. */
export function fixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  return Number(rounded) === 0 ? rounded.replace('-', '') : minus(rounded);
}

/** A length in reciprocal space with the decimals that the voxel size makes meaningful. */
export function reciprocalLength(q: number, voxel: number): string {
  return fixed(q, Math.min(7, Math.max(1, Math.ceil(-Math.log10(voxel)) + 1)));
}

/** Likewise a distance along an axis, signed. */
export function reciprocal(q: number, voxel: number): string {
  const rounded = reciprocalLength(q, voxel);
  return Number(rounded) > 0 ? `+${rounded}` : rounded;
}

/** A relative intensity in three significant digits, e.g. `0.127`, `3.41e−5`. */
export function intensity(value: number): string {
  if (value === 0) return '0';
  return minus(Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(3));
}

/** A relative intensity beside an axis: as short as it can be. */
export const intensityTick = (tick: number): string =>
  tick === 0 || tick === 1 ? String(tick) : intensity(tick).replace(/\.?0+(?=e|$)/, '');

/** A number in at most `digits` significant digits without trailing zeros. */
export function compact(value: number, digits = 4): string {
  return minus(String(Number(value.toPrecision(digits))));
}

/** Miller indices with bars as minus signs. */
export function millerIndices(hkl: readonly number[]): string {
  return `(${hkl.map((index) => minus(String(index))).join(' ')})`;
}

// Made once: each call of toLocaleTimeString makes its own, which a thousand rows and ticks feel.
const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Local wall-clock time of an ISO 8601 instant, hours and minutes. */
export function clock(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return clockFormat.format(date);
}

/** Local day of an ISO 8601 instant. */
export function day(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : dayFormat.format(date);
}

/** Local day and time of an ISO 8601 instant. */
export const dayAndClock = (iso: string): string => [day(iso), clock(iso)].filter(Boolean).join(' ');

export function milliseconds(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
}

/** What is particular to this problem: its message without the catalogue's own sentences. */
export function problemDetail({ code, message }: Problem): string {
  const { happened, todo } = errorCatalogue[code];
  const detail = message.replace(happened, '').replace(todo, '').trim();
  return detail.startsWith('(') && detail.endsWith(')') ? detail.slice(1, -1) : detail;
}

/** A whole number with thin spaces between its thousands. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** A size on disk in the unit that leaves one to three digits before the point. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${compact(bytes / 1000 ** step, 3)} ${units[step]}`;
}

/** A span of time in the two units that matter. */
export function timeSpan(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return minutes < 600 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

/** A crystal direction in brackets, halves written out: `½[1 −1 0]`. */
export function direction(vector: readonly number[]): string {
  const halves = vector.some((part) => Math.abs(part % 1) === 0.5);
  const whole = vector.map((part) => minus(String(halves ? 2 * part : part)));
  return `${halves ? '½' : ''}[${whole.join(' ')}]`;
}

/** A Burgers vector as the app writes it, `1/2[1-10]`, with its indices set apart: `½[1 −1 0]`. */
export function burgersVector(name: string): string {
  const indices = /^1\/2\[(-?\d)(-?\d)(-?\d)\]$/.exec(name);
  return indices ? `½[${indices.slice(1).map(minus).join(' ')}]` : name;
}

/** A change of a probability in percentage points, one decimal. */
export const points = (change: number): string => fixed(Math.abs(change) * 100, 1);

const prefixes = ['', 'k', 'M', 'G', 'T'] as const;

/** A count with a prefix for its thousands, in at most `digits` significant digits, e.g. `12.3k`. */
export function siPrefixed(value: number, digits = 3): string {
  const step = Math.min(prefixes.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3 + 1e-9)));
  return `${compact(value / 1000 ** step, digits)}${prefixes[step]}`;
}
