/**
 * Why a verdict is not sure, in the words for the screen and, within a line, for the command line: its class, or the kind of its defect, is
 * not probable enough, the volume is strange or filled in large parts, frames are lacking or were exposed differently, the model beside says
 * otherwise, or phase retrieval does.
 */
export const doubts = {
  character: {
    sentence: 'That there is a defect is certain; which kind it is, is not.',
    short: 'which kind of defect it is',
  },
  probability: { sentence: 'No class is probable enough.', short: 'no class is probable enough' },
  'unlike-training': {
    sentence: 'The pattern is unlike those the network was trained on.',
    short: 'unlike those trained on',
  },
  unmeasured: {
    sentence: 'Much of the pattern was not measured and is filled.',
    short: 'much of the pattern was not measured',
  },
  partial: { sentence: 'Frames are lacking that may still come.', short: 'frames are lacking' },
  exposure: {
    sentence: 'The frames were exposed differently, and nothing tells by how much.',
    short: 'frames were exposed differently',
  },
  'frame-assumed': {
    sentence: 'That the file holds an orthogonal volume, and how it lies, was assumed.',
    short: 'taken as an orthogonal volume without a word in the file',
  },
  'models-disagree': { sentence: 'The two models contradict each other.', short: 'the two models disagree' },
  'inside-contradicts': {
    sentence: 'What phase retrieval shows within the crystal contradicts it.',
    short: 'phase retrieval shows otherwise',
  },
  'inside-character': {
    sentence: 'Phase retrieval shows a dislocation, of another character.',
    short: 'phase retrieval shows another character',
  },
} as const satisfies Readonly<Record<string, { readonly sentence: string; readonly short: string }>>;

export type Doubt = keyof typeof doubts;

/** These leave open which defect it is, and take nothing from there being one. */
const ofCharacter: readonly Doubt[] = ['character', 'inside-character'];

/**
 * Whether it is certain that there is a defect, or none: a sure verdict, or one whose only doubts are which defect it is. A verdict from
 * before there were reasons, unsure without any, is not.
 */
export const isDefectSure = ({
  sure,
  doubts: all = [],
}: {
  readonly sure: boolean;
  readonly doubts?: Doubt[] | undefined;
}): boolean => sure || (all.length > 0 && all.every((doubt) => ofCharacter.includes(doubt)));
