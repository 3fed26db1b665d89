import type { ConnectionStatus } from '@renderer/connection/types';

/** The words of what lies around the features: top bar, notices, first-run guide, folder, help, what is taken back by hand. */
export const shellText = {
  product: 'Braggwatch',
  tagline: 'Live defect screening for Bragg coherent diffraction',
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

  views: { label: 'Views', watch: 'Watch' },
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
  },

  help: {
    title: 'Keyboard',
    intro: 'Everything works without a mouse.',
  },
  alerts: 'Alerts',
  passedOver: 'Passed over; every scan that can be read is judged.',
  folder: {
    title: 'Watch a folder',
    path: 'Folder on the machine Braggwatch runs on',
    pathPlaceholder: '/data/visitor/…/id01/…/RAW_DATA',
    browse: 'Browse…',
    preset: 'Beamline',
    start: 'Start watching',
    autoHint: 'By what each file says of its instrument, its format and its detector.',
    outside: (folder: string) =>
      `${folder} is none of the folders that Braggwatch was started with. Open it all the same?`,
    outsideHint:
      'It is read, never written to, with the rights of the account that Braggwatch runs under; until Braggwatch ends, everybody with this page’s address can watch it.',
    open: 'Open and watch it',
    hint: 'Files are only ever opened for reading. Sub-folders are watched too.',
  },
  /** Who overruled a network, until the app says who that is. */
  you: 'you',
  unsent: (n: number) =>
    n === 1
      ? 'One mark was made while the app is away; it is sent when it is back.'
      : `${n} marks were made while the app is away; they are sent when it is back.`,
  undo: {
    undo: 'Undo',
    redo: 'Redo',
    does: 'Undo flag, note or judgement',
    redoDoes: 'Redo',
    marks: {
      flagged: 'flag',
      note: 'note',
      overruled: 'judgement',
      plan: 'plan',
      particle: 'particle',
      verdicts: 'new verdicts',
    },
    scans: (n: number) => (n === 1 ? '1 scan' : `${n} scans`),
    judgedAgain: (scans: string) => `${scans} to be judged again, behind what is measured. Undo gives back what was.`,
    undone: (what: string, scan: string) => `Undone: ${what} of ${scan}.`,
    redone: (what: string, scan: string) => `Redone: ${what} of ${scan}.`,
    nothing: 'Nothing to undo.',
    nothingToRedo: 'Nothing to redo.',
    changed: (what: string, scan: string) =>
      `The ${what} of ${scan} has been changed by somebody else since; it stays as it is.`,
  },
  judgeAgain: {
    does: 'Judge all scans shown again (asks first)',
    judge: 'Judge all shown again',
    offers: {
      model: (scans: string) => `Another model judges now. Judged before: ${scans} shown.`,
      preset: (scans: string) => `The beamline is another now. Judged before: ${scans} shown.`,
      geometry: (scans: string) => `The geometry is another now. Judged before: ${scans} shown.`,
      asked: (scans: string) => `Judge again what is shown: ${scans}? Undo gives back what was.`,
    },
    going: (done: number, total: number, left: string) =>
      `Judged again: ${done} of ${total}${left === '' ? '' : `, ${left} left`}`,
    done: (scans: string) => `${scans} judged again.`,
    progress: 'Judging again',
    acts: { pause: 'Pause', resume: 'Go on' },
    pauseHint: 'Holds all judging, also of scans that arrive',
  },
  notification: {
    unsure: (of: string) => `Unsure: ${of}`,
    kindUnsure: (of: string) => `Defective, perhaps: ${of}`,
    many: (defective: number, unsure: number) =>
      [defective > 0 && `${defective} defective`, unsure > 0 && `${unsure} unsure`].filter(Boolean).join(', '),
    list: (names: readonly string[], all: number) =>
      `${names.join(', ')}${all > names.length ? ` and ${all - names.length} more` : ''}`,
  },
  drop: {
    here: 'Drop a folder to watch it, or a scan to judge it',
    web: 'A browser does not tell a page where a dropped file lies. Choose the folder by its path instead (key o); in the desktop app files can be dropped.',
    folder: (path: string) => `Watching ${path}.`,
    scans: (n: number) => `${n === 1 ? 'The scan is' : `${n} scans are`} being judged.`,
  },
  notices: {
    software: (renderer: string) =>
      `No graphics card draws this window (${renderer}), as is usual over ssh -X and NoMachine. Everything works; moving effects are off.`,
    firstVerdict: (scan: string, of: string) => `Your first scan is judged: ${scan}, ${of}.`,
    firstShown:
      'The panel on the right says how sure that is and on what it rests. Press f to flag it, ? for all keys.',
    showFirst: (scan: string) => `Show ${scan}`,
    firstHint: 'how sure that is, and on what it rests.',
  },
  compare: { label: 'Compare with', none: 'Compare…', stop: 'Stop comparing' },
  readOnly: { chip: 'Read-only', hint: 'This address lets you look at everything and change nothing.' },
  saving: {
    png: 'PNG',
    svg: 'SVG',
    save: (what: string, format: string) => `Save ${what} as ${format}`,
    unsaved: (what: string, of: string, loading: boolean) =>
      loading
        ? `Not saved: ${of} is still loading. Try again once ${what} can be seen.`
        : `Not saved: nothing is shown of ${what}.`,
  },
} as const;
