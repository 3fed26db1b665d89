/** The app's own scheme: unlike file:, its pages have an origin, a policy, and no way to other files. */
export const scheme = 'app';
export const host = 'braggwatch';
export const pageUrl = `${scheme}://${host}/`;

/** Whether an address is a page of the app itself. */
export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host: name } = new URL(url);
  return protocol === `${scheme}:` && name === host;
}
