const escapeOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Names and texts out of files as they may be printed: a terminal would obey the control characters in them (colour, cursor, title, what a
 * key types), so that they are spelt, as JSON spells them.
 */
export const spelt = (text: string): string => text.replaceAll(/\p{Cc}/gu, escapeOf);

/** The same of several lines, with tabs. */
export const speltLines = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : escapeOf(sign)));
