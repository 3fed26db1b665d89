/**
 * A page with a study's section in it, in place of the one that was there, at the end where there was none.
 * @param study its name as a command
 * @param section Markdown
 */
export function withSection(page: string, study: string, section: string): string {
  const begin = `<!-- study ${study}: begin, written by the command -->`;
  const end = `<!-- study ${study}: end -->`;
  const text = `${begin}\n\n${section.trim()}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${text}\n`;
  return `${page.slice(0, from)}${text}${page.slice(to + end.length)}`;
}
