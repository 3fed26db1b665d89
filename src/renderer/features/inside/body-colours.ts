import { parseColour } from '@renderer/drawing/slices/colour-map';

/** Colours of a body that are no scale's, by theme. */
export function readBodyColours(element: Element): {
  readonly inner: readonly [number, number, number];
  readonly line: readonly [number, number, number];
  /** What lies behind a body, and about it in a cut. */
  readonly ground: string;
  readonly outside: string;
} {
  const style = getComputedStyle(element);
  const colour = (name: string) => parseColour(style.getPropertyValue(`--${name}`).trim());
  const named = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...{ inner: colour('body-inner'), line: colour('body-line') },
    ...{ ground: named('surface'), outside: named('body-outside') },
  };
}
