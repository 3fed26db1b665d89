import { classes, classKeys } from '@vocabulary/classes';

/** What speaks of a class has its colour, everywhere: `.screw { color: ... }`, and `--soft` for a ground behind it. */
export const classRules: readonly string[] = classKeys.map((name) => {
  const { colour } = classes[name];
  return `.${name} { color: var(--${colour}); --soft: var(--${colour}-soft); }`;
});

/** Gives the page the rules of every class in the table. Constructed, since the page's policy forbids styles in the text. */
export function styleClasses(root: DocumentOrShadowRoot): void {
  const sheet = new CSSStyleSheet();
  for (const rule of classRules) sheet.insertRule(rule);
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}
