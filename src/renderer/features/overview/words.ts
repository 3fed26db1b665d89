import { byClass, classes } from '@vocabulary/classes';

const short = byClass((name) => classes[name].words.short);

/** The Overview's words. Values come formatted (see format.ts). */
export const overviewText = {
  tab: 'Overview',
  label: 'Beamtime overview',
  byHand: 'by hand',
  timeline: {
    label: 'Timeline',
    saved: 'the timeline',
    lanes: { ...short, none: 'No verdict' },
    roleDescription: 'timeline',
    describe: (shown: number) =>
      `Timeline of ${shown} scans, oldest left. Arrow keys move, Enter opens, plus and minus zoom, 0 shows all.`,
    legend: 'Full: sure. Half and hatched: unsure. Quarter: early. Bar on top: flagged.',
    zoomIn: 'Zoom in on the timeline',
    zoomOut: 'Zoom out of the timeline',
    all: 'All',
    selected: (scan: string, verdict: string, note: string) => [scan, verdict, note].filter(Boolean).join(', '),
    nothing: 'No scan selected',
    open: 'Open',
  },
  counts: {
    label: 'Proportions',
    all: 'All scans shown',
    noSample: 'Sample not recorded',
    group: (name: string, scans: string, particles: string) => `${name}: ${scans}, ${particles}`,
    particles: (n: number) => (n === 1 ? '1 particle judged' : `${n} particles judged`),
    columns: { name: 'Class', sure: 'Sure', counted: 'Share of sure', corrected: 'Corrected' },
    rows: { ...short, defective: 'Any defect' },
    share: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
    none: '–',
    rest: { unsure: 'unsure', early: 'early', open: 'in progress', notJudged: 'not judged' },
    intervals: 'A particle counts once, by what all its scans say together. In brackets: 95 % intervals.',
    correctedHint: (model: string, n: number) =>
      `Corrected: all ${n} final verdicts, sure or not, for how ${model} errs on simulated test crystals. Real crystals may be confused otherwise.`,
    strange: (n: number) => `${n} unlike the training set are left out of the correction.`,
    otherModel: (n: number) => `${n} judged by another model are left out of the correction.`,
    byHand: (n: number) => `${n} decided by people, who count before the network.`,
    noModel: 'No model is loaded, so nothing is corrected.',
    waiting: 'Counting…',
  },
  map: {
    label: 'Sample map',
    saved: 'the map',
    roleDescription: 'map',
    describe: (points: number) =>
      `Map of ${points} particles. Arrow keys go to the next particle, Enter opens it, plus and minus zoom, 0 shows all.`,
    hollow: 'hollow: unsure',
    sample: 'Sample of the map',
    ofSample: (name: string, points: number) => `${name} (${points})`,
    noSample: 'not recorded',
    at: (axis: string, value: string) => `${axis} ${value} µm`,
    missing: (n: number) => `${n} without a recorded position`,
    noneTitle: 'No positions',
    none: (motors: string, preset: string) =>
      `None of these scans records where on the sample it was taken. For ${preset}, Braggwatch looks for the motors ${motors}.`,
    noMotors: (preset: string) =>
      `None of these scans has a position: the preset ${preset} names no motors that move the sample.`,
    all: 'All',
    zoomIn: 'Zoom in on the map',
    zoomOut: 'Zoom out of the map',
  },
  keys: {
    group: 'Overview and filter',
    search: 'Search scans (name, title, sample, note)',
    class: (name: string) => `Show ${name}, or no longer by class`,
    certainty: 'Sure, unsure, or both',
    flagged: 'Flagged only',
    clear: 'Clear the filter',
    timeline: 'Along the timeline, or to the next particle of the map (Enter opens)',
  },
} as const;
