/**
 * The colours that classes have, each by its name in the themes (`renderer/styles/tokens.css` has `--green` and `--green-soft` in every
 * theme), with what it is on paper. There are more than classes, so that a further one takes a free colour.
 */
export const classColours = {
  green: '#0b6b3a',
  rust: '#9a3b00',
  violet: '#5b2a91',
  blue: '#1d4f91',
  olive: '#5d5a00',
} as const;

export type ClassColour = keyof typeof classColours;
