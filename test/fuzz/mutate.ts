import type { RandomStream } from '@core/random/stream';

/** What no schema of ours takes, or takes at its very edge. */
const EXTREMES: readonly unknown[] = [
  ...[null, true, '', 'x'.repeat(5000), '\u0000', '__proto__', '../../etc/passwd', '=1+1', '\ud800'],
  ...[0, -1, 0.5, 1e308, -1e308, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
  ...[[], {}, [null], { constructor: 1 }, Array.from({ length: 3000 }, () => 0)],
];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const pick = <T>(all: readonly T[], draw: RandomStream): T => all[draw.integer(all.length)]!;

/** A document with one place of it damaged as its structure is: a value replaced, a key dropped, added, renamed or doubled, a list cut or grown. */
export function mutateTree(value: unknown, draw: RandomStream): unknown {
  const goesDeeper = draw.uniform() < 0.8;
  if (Array.isArray(value) && value.length > 0) {
    const at = draw.integer(value.length);
    if (goesDeeper) return value.with(at, mutateTree(value[at], draw));
    return [value.slice(0, at), [...value, value[at]], value.toReversed(), Object.fromEntries(value.entries())][
      draw.integer(4)
    ];
  }
  if (isRecord(value) && Object.keys(value).length > 0) {
    const name = pick(Object.keys(value), draw);
    const { [name]: inner, ...others } = value;
    if (goesDeeper) return { ...value, [name]: mutateTree(inner, draw) };
    return [others, { ...value, more: 1 }, { ...others, [`${name}s`]: inner }, Object.values(value)][draw.integer(4)];
  }
  return pick(EXTREMES, draw);
}
