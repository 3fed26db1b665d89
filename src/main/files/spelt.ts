const escapeOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Control characters, and those that turn the direction of what follows, so that it reads as something else. */
const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const LAYOUT = ['\n', '\t'];

/**
 * Names and texts out of files as they may be printed: a terminal would obey the control characters in them (colour, cursor, title, what a
 * key types), so that they are spelt, as JSON spells them.
 */
export const spelt = (text: string): string => text.replaceAll(OBEYED, escapeOf);

/** The same of several lines, with tabs: line breaks of either kind stay. */
export const speltLines = (text: string): string =>
  text.replaceAll(OBEYED, (sign) => (LAYOUT.includes(sign) ? sign : escapeOf(sign)));
