import { byClass, classes, type DefectClass } from '@vocabulary/classes';

const nouns = byClass((name) => classes[name].words.is);

const several = byClass((name) => classes[name].words.are);

/** Every word about the simulated patterns most like a scan; part of `text`. */
export const lookAlikesText = {
  title: 'Look-alikes',
  does: 'Show or hide the simulated patterns most like the scan',
  show: 'Show',
  hide: 'Hide',
  hint: 'Which simulated patterns of its training set the network finds most like this scan.',
  unready: 'There is no volume to compare yet.',
  searching: 'Comparing with the training set…',
  none: 'The model in use has no patterns of its training set beside it. braggwatch look-alikes MODEL DATASET adds them.',
  list: 'Nearest simulated patterns',
  scan: 'This scan',
  pictures: (what: string) => `${what}: three cuts through the centre`,
  away: (distance: string) => `${distance} away`,
  awayHint: '1: as far as 99 in 100 unseen simulated patterns are from their nearest at the most',
  size: (nm: string) => `${nm} nm`,
  inside: { perfect: '', CD: 'near the centre', RPD: 'at a random place' },
  depth: (share: string) => `depth ${share} of the size`,
  strain: (rad: string) => `strain ${rad} rad`,
  counts: (most: string) => `${most} counts`,
  oversampling: (value: string) => `oversampling ${value}`,
  source: (set: string, line: string) => `${set}, pattern ${line}`,
  same: (n: number, of: DefectClass) =>
    n === 1 ? `It is ${nouns[of]}, as the verdict says.` : `All ${n} are ${several[of]}, as the verdict says.`,
  mixed: (same: number, n: number, of: DefectClass) =>
    `${same} of ${n}, the nearest among them, are ${several[of]}, as the verdict says.`,
  other: (nearest: DefectClass, same: number, n: number, of: DefectClass) =>
    `The nearest is ${nouns[nearest]}, and the verdict says ${nouns[of]} (${same} of ${n} are): for the network this scan lies between the two. Take the verdict with care.`,
  far: (distance: string) =>
    `All are far: the nearest is ${distance} times as far as 99 in 100 unseen simulated patterns are from theirs. The network was not trained on the like of this scan, so its verdict says little.`,
  agreement: (percent: string, among: string) =>
    `Of ${among} patterns kept. For unseen simulated patterns the nearest is of their own class in ${percent}.`,
  otherModel: 'Compared by the model in use now; the verdict above came from another one.',
  how: 'Cuts across the third, second and first axis as beside, 32 × 32 voxels, log scale over four decades. Only the spin about Q is arbitrary.',
} as const;
