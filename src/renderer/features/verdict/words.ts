import type { GeometryUsed, ScanState } from '@contract/scan';
import { classes, type DefectClass } from '@vocabulary/classes';
import { doubts, type Doubt } from '@vocabulary/doubts';
import { insideSays, testimonies } from '@vocabulary/inside';

/** The words about a scan's verdict and what it was measured with. */
export const verdictText = {
  label: 'Verdict',
  pending: 'No verdict yet',
  pendingHint: {
    arriving: 'Frames are still arriving. An early verdict comes as soon as the peak can be seen.',
    waiting: 'All frames are on disk; the scan waits for its turn.',
    reducing: 'The frames are being turned into a volume.',
    classified: 'The verdict is being loaded.',
    rejected: 'This scan could not be judged.',
    skipped: 'This is not a rocking scan; there is nothing to judge.',
  } satisfies Record<ScanState, string>,
  sure: 'The network is sure.',
  defectSure: 'Sure of a defect, not of its kind.',
  unsure: 'Unsure: treat this as a hint.',
  /** Its doubts were settled. */
  witnessed: 'Sure: phase retrieval shows the dislocation.',
  doubt: (of: Doubt) => doubts[of].sentence,
  settled: (all: readonly Doubt[]) =>
    `Phase retrieval settles what the network alone left open: ${all.map((doubt) => doubts[doubt].short).join(', ')}.`,
  beside: (model: string) => `Beside it, ${model}:`,
  opinions: {
    perfect: (percent: string) => `defect-free, ${percent} for a dislocation`,
    defective: (percent: string) => `defective, ${percent} for a dislocation`,
  },
  inside: 'Phase retrieval:',
  insideSays: (says: keyof typeof insideSays, character: string | null, testimony: keyof typeof testimonies) =>
    `${insideSays[says]}${character === null ? '' : `, ${character}`}; ${testimonies[testimony]}`,
  early: (judged: number | undefined, expected: number) =>
    expected > 0 && judged !== undefined
      ? `Early: ${judged} of ${expected} frames were there.`
      : 'Early: frames are still arriving.',
  probabilities: 'Probabilities',
  defective: (percent: string) => `${percent} for a dislocation of either kind`,
  provisionalTitle: 'Provisional model.',
  provisional: 'Do not rely on it for decisions:',
  result: {
    title: 'Result file',
    hint: 'NeXus; opens in silx view and h5web',
    copy: 'Copy the path',
    copied: 'The path is in the clipboard.',
    byHand: 'Select the path and copy it by hand: this page may not write to the clipboard.',
  },
  facts: 'Measurement',
  reflection: 'Reflection',
  reflectionUnknown: 'not identified',
  q: 'Q at the peak',
  d: 'Lattice spacing',
  oversampling: 'Oversampling',
  voxel: 'Voxel',
  frames: 'Frames',
  peak: 'Peak pixel',
  /** As the detector's figure and the cuts count: from 1. Rows and columns are pixels as the file has them, from 0. */
  peakValue: (frame: number, row: number, column: number) =>
    `frame ${frame + 1} (${frame} in the file), row ${row}, column ${column}`,
  method: 'Resampling',
  model: 'Model',
  engine: 'Engine',
  timings: 'Time',
  warnings: 'Warnings',
  noWarnings: 'No assumptions, no warnings.',
  geometry: 'Geometry used',
  geometryEmpty: 'No geometry is known for this scan yet.',
  origins: {
    file: 'file',
    preset: 'preset',
    answer: 'your answer',
    assumed: 'assumed',
    computed: 'computed',
  } satisfies Record<GeometryUsed[number]['from'], string>,
  columns: { name: 'Quantity', value: 'Value', from: 'From' },
  source: 'Source',
  completeGeometry: 'Enter what is missing…',
  mendGeometry: 'Geometry: what is known, what would fit…',
  judgeAgain: 'Judge again',
  judgeAgainHint: 'Reduce and judge this scan again with the present geometry',
  flag: 'Flag',
  unflag: 'Flagged',
  note: 'Note',
  noteDoes: 'Write a note',
  notePlaceholder: 'What should the next shift know about this particle?',
  noteSaved: 'Saved',
  noteUnsaved: 'Not saved yet',
  judgement: {
    title: 'Your judgement',
    agree: 'As the network',
    hint: 'Kept beside the network’s class, never instead of it.',
    none: 'There is no verdict to overrule. Flag the scan or write a note.',
    by: (who: string, when: string) => `by ${who}, ${when}`,
    network: (of: string) => `The network says: ${of}.`,
    key: (of: DefectClass) => `Shift+${classes[of].letter.toUpperCase()}`,
    agreeKey: 'Shift+A',
    does: (of: string) => `Overrule the class: ${of}`,
    agreeDoes: 'Take the overruled class back',
  },
  history: {
    title: 'Earlier verdicts',
    columns: { when: 'Judged', verdict: 'Verdict', probability: 'Probability', model: 'Model' },
    latest: 'latest',
    unknown: 'not recorded',
  },
} as const;
