import { byClass, classes, type DefectClass } from '@vocabulary/classes';

/** The theme's colours for timeline and map, read from the page's style. */
export interface OverviewColours {
  readonly classes: Readonly<Record<DefectClass, string>>;
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
    classes: byClass((name) => of(classes[name].colour)),
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
