const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** The words of the particle that a scan is of. Values come formatted (see format.ts). */
export const particleText = {
  title: 'Particle',
  key: 'Next scan of the same particle',
  counts: (scans: number, reflections: number) =>
    reflections > 1 ? `${many(scans, 'scan')}, ${many(reflections, 'reflection')}` : many(scans, 'scan'),
  at: (place: string) => `At ${place}.`,
  together: (chance: string) => `${chance} from all of them together`,
  byHand: 'as a person says',
  from: (used: number, all: number) =>
    `From ${used} of ${all} scans: the others are at reflections that cannot see it, strange, partly measured or not judged.`,
  reflections: 'Its reflections',
  unknown: 'reflection unknown',
  repeats: (n: number) => (n === 1 ? 'once' : `${n} times`),
  oneOf: (n: number) =>
    n === 1 ? 'One dislocation that shows so has b =' : 'One dislocation that shows so has a b that is one of',
  noOne: 'No single dislocation shows so: there are several, or one verdict is wrong.',
  notIn: (planes: string) => `b does not lie in the plane ${planes}, where it shows`,
  within: (planes: string) => `it lies in ${planes}, where it does not`,
  missed: 'None shows at any of them; all would miss one with b =',
  none: 'None shows at any of them, and none could hide from all.',
  apart: 'How these reflections stand to each other is not known: no Burgers vector follows from them.',
  scans: 'Its scans',
  open: 'not judged yet',
  split: 'Split off',
  splitOff: (scan: string) => `Split off ${scan}`,
  splitHint: 'It is another particle; Ctrl+Z takes it back',
  join: 'Same particle as',
  doJoin: 'Join',
  neighbour: (scan: string, um: string) => `${scan}, ${um} µm away`,
  compared: (scan: string) => `${scan}, compared with`,
  forget: 'As their places tell',
  forgetHint: 'Forgets what was joined and split by hand here',
  saidByHand: 'Which scans belong to it was said by a person.',
  curves: { defective: 'Defect', counts: 'Peak', strain: 'Strain', phase: 'Phase' },
  units: {
    strain: (value: string) => `${value} · 10⁻⁴`,
    phase: (value: string) => `${value} rad`,
  },
  change: (what: string, from: string, to: string, n: number) => `${what} over ${n} scans: from ${from} to ${to}`,
  point: (scan: string, at: string, value: string, named: string) =>
    [`${scan}, ${at}`, value, named].filter(Boolean).join(': '),
} as const;
