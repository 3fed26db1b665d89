/** Lines of a SPEC file and what stands in them. */

/** SPEC parts names by two spaces or a tab, so that a name may hold one space. */
export const names = (line: string): string[] =>
  line
    .trim()
    .split(/ {2,}|\t+/)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What stands between spaces. */
export const words = (line: string): string[] => (line.trim() === '' ? [] : line.trim().split(/\s+/));

/** So many names: by two spaces as SPEC writes them, by one where only that gives the number there must be. */
export function namesOf(line: string, wanted: number): string[] {
  const byTwo = names(line);
  const byOne = words(line);
  return byTwo.length !== wanted && byOne.length === wanted ? byOne : byTwo;
}

const decimalComma = /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i;

/** A number, with a decimal point or a decimal comma; NaN where it is none. */
export const toNumber = (word: string): number => Number(decimalComma.test(word) ? word.replace(',', '.') : word);

/** What follows each line that starts with a mark, by the number behind the mark (`#P3`); the last one where it comes again. */
export function numbered(text: string, mark: string): Map<number, string> {
  const lines = text.matchAll(new RegExp(`^#${mark}(\\d*)[ \\t](.*)$`, 'gm'));
  return new Map([...lines].map(([, index = '', rest = '']) => [Number(index), rest]));
}

/** What follows the first line that starts with a mark. */
export const first = (text: string, mark: string): string | undefined =>
  new RegExp(`^#${mark}\\d*[ \\t](.*)$`, 'm').exec(text)?.[1]?.trim();
