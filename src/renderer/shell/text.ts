import type { DefectClass, ScanState } from '@contract/scan';
import type { ConnectionStatus } from '@renderer/connection/types';
import { beamlineText, folderText } from '@renderer/features/beamline/words';
import { explainText } from '@renderer/features/explain/words';
import { lookAlikesText } from '@renderer/features/look-alikes/words';
import { scanText } from '@renderer/features/figures/words';
import { habitsText } from './words';
import { jobsText } from '@renderer/features/jobs/words';
import { overviewText } from '@renderer/features/overview/words';
import { simulateText } from '@renderer/features/simulate/words';
import { rockingText, slicesText } from '@renderer/features/slices/words';
import { trainText } from '@renderer/features/train/words';
import { verdictText } from '@renderer/features/verdict/words';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Every word on the screen, in one place. Values come formatted (see format.ts). */
export const text = {
  product: 'Braggwatch',
  tagline: 'Live defect screening for Bragg coherent diffraction',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  dismiss: 'Dismiss',
  retry: 'Try again',
  loading: 'Loading…',
  partMissing: 'This part of the screen could not be loaded. Is the app still running? Then load the page again.',

  classes: { perfect: 'Defect-free', screw: 'Screw dislocation', edge: 'Edge dislocation' } satisfies Record<
    DefectClass,
    string
  >,
  classesShort: { perfect: 'Defect-free', screw: 'Screw', edge: 'Edge' } satisfies Record<DefectClass, string>,
  states: {
    arriving: 'Arriving',
    waiting: 'Waiting',
    reducing: 'Reducing',
    classified: 'Classified',
    rejected: 'Rejected',
    skipped: 'Skipped',
  } satisfies Record<ScanState, string>,
  sure: 'sure',
  unsure: 'unsure',
  early: 'early',
  flagged: 'flagged',
  match: 'match',
  mismatch: 'mismatch',
  truth: (truth: string, agrees: boolean) => `Simulated: ${truth} (${agrees ? 'match' : 'mismatch'})`,

  connection: {
    connecting: 'Connecting…',
    open: 'Connected',
    lost: 'Connection lost, reconnecting…',
    refused: 'Started anew: new address',
  } satisfies Record<ConnectionStatus, string>,

  top: {
    label: 'Application',
    watching: 'Watching',
    notWatching: 'No folder watched',
    chooseFolder: 'Choose folder…',
    changeFolder: 'Change…',
    stop: 'Stop',
    stopHint: 'Stop watching this folder',
    preset: 'Beamline',
    autoPreset: 'Beamline from the files',
    beamline: 'Geometry…',
    theme: (next: string) => `Switch to the ${next} theme`,
    help: 'Keyboard help',
    noEngine: 'No engine',
    noModel: 'No model',
    loadingModel: 'Loading the model…',
    judges: (summary: string) => `Scans are judged by this model. ${summary}`,
    provisional: 'provisional',
    demo: 'Demo',
  },

  views: { label: 'Views', watch: 'Watch', simulate: 'Simulate', train: 'Train', overview: 'Overview' },
  simulate: simulateText,
  explain: explainText,
  lookAlikes: lookAlikesText,
  train: trainText,
  scan: scanText,
  habits: habitsText,
  jobs: jobsText,
  overview: overviewText,

  queue: {
    label: 'Scans',
    newestFirst: 'newest first',
    follow: 'Follow newest',
    followHint: 'Always show the scan that arrived last',
    empty: 'No scan has arrived yet.',
    emptyHint: 'Scans show up here by themselves, as soon as their first frame is on disk.',
    count: (n: number) => plural(n, 'scan'),
    progress: (present: number, expected: number) =>
      expected > 0 ? `${present} of ${expected} frames` : plural(present, 'frame'),
    progressLabel: 'Frames on disk',
    held: 'Held up',
    tallyUnsure: 'unsure',
    tallyOpen: 'in progress',
    tallyRejected: 'not judged',
    flag: 'Flag or unflag',
  },

  empty: {
    title: 'Watch a beamtime',
    intro:
      'Braggwatch turns every rocking scan that lands in a folder into a 64 × 64 × 64 diffraction volume and says whether the nanocrystal holds a dislocation.',
    steps: [
      {
        title: 'Choose the folder the detector writes to',
        hint: 'Sub-folders are watched too. Nothing is ever written there.',
      },
      {
        title: 'Pick the beamline',
        hint: 'So that the diffractometer’s circles are right. What the files do not record is asked once and remembered.',
      },
      {
        title: 'See the first scan judged',
        hint: 'Scans that lie in the folder already are judged first, oldest to newest.',
      },
    ],
    done: 'done',
    action: 'Choose folder…',
    waitingTitle: 'Waiting for the first scan',
    waitingHint: 'The next rocking scan shows up here as soon as its first frame is on disk.',
    waitingSteps: ['BLISS HDF5, SPEC with TIFF frames, CXI, and NPZ or NPY with a geometry file are recognised.'],
    demoBefore: 'No beam yet?',
    demo: 'Play the demo',
    demoAfter: 'Simulated scans arrive in a folder of the app’s own, and leave the list when you watch yours.',
    nothingSelected: 'Select a scan in the list to see its volume and verdict.',
  },

  slices: slicesText,

  chart: {
    loading: 'Loading the chart…',
    failed: 'The chart could not be loaded.',
  },

  rocking: rockingText,

  verdict: verdictText,

  problem: {
    kept: 'What was kept',
    todo: 'What to do',
    detail: 'Detail',
    unexpected: 'Something went wrong',
  },

  folder: folderText,

  beamline: beamlineText,

  help: {
    title: 'Keyboard',
    intro: 'Everything works without a mouse.',
    groups: {
      queue: 'Scans',
      hand: 'By hand',
      overview: 'Overview and filter',
      simulate: 'Simulate',
      train: 'Train',
      slices: 'Cuts',
      view: 'View',
    },
  },
  alerts: 'Alerts',
} as const;
