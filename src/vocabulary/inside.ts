/** What phase retrieval says of a crystal, within a line and as a sentence's end. */
export const insideSays = {
  line: 'a dislocation line',
  none: 'no line',
  undecided: 'undecided',
} as const;

/** Why it is undecided, as a phrase. */
export const undecidedBecause = {
  unexplained: 'too much of the amplitude is unexplained',
  disagree: 'retrievals that explain as much show different things',
} as const;

/** What that says of the verdict. */
export const testimonies = {
  agrees: 'agrees',
  contradicts: 'contradicts',
  open: 'says nothing for or against',
} as const;
