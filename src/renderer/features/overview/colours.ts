import type { DefectClass } from '@contract/scan';

/** The theme's colours for timeline and map, read from the page's style. */
export interface OverviewColours extends Readonly<Record<DefectClass, string>> {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly flag: string;
  readonly surface: string;
  readonly band: string;
  readonly font: string;
}

export function readColours(element: Element): OverviewColours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    perfect: of('perfect'),
    screw: of('screw'),
    edge: of('edge'),
    text: of('text'),
    muted: of('muted'),
    line: of('line'),
    accent: of('accent'),
    flag: of('flag'),
    surface: of('surface'),
    band: of('surface-2'),
    font: `11px ${style.fontFamily}`,
  };
}
