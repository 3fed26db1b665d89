import type { DefectClass } from '@contract/scan';

/** Words of what people do by hand and of the app's habits: judgement, undo, exports, report, notices, settings. */
export const habitsText = {
  judgement: {
    title: 'Your judgement',
    agree: 'As the network',
    hint: 'Kept beside the network’s class, never instead of it.',
    none: 'There is no verdict to overrule. Flag the scan or write a note.',
    by: (who: string, when: string) => `by ${who}, ${when}`,
    row: (of: string, who: string, when: string) => `Overruled: ${of}, by ${who}, ${when}`,
    network: (of: string) => `The network says: ${of}.`,
    keys: { perfect: 'Shift+P', screw: 'Shift+S', edge: 'Shift+E' } satisfies Record<DefectClass, string>,
    agreeKey: 'Shift+A',
    does: (of: string) => `Overrule the class: ${of}`,
    agreeDoes: 'Take the overruled class back',
  },
  undo: {
    undo: 'Undo',
    redo: 'Redo',
    does: 'Undo flag, note or judgement',
    redoDoes: 'Redo',
    marks: { flagged: 'flag', note: 'note', overruled: 'judgement' },
    undone: (what: string, scan: string) => `Undone: ${what} of ${scan}.`,
    redone: (what: string, scan: string) => `Redone: ${what} of ${scan}.`,
    nothing: 'Nothing to undo.',
    nothingToRedo: 'Nothing to redo.',
    changed: (what: string, scan: string) =>
      `The ${what} of ${scan} has been changed by somebody else since; it stays as it is.`,
  },

  exports: {
    title: 'Export and report',
    button: 'Export…',
    which: 'Scans',
    only: { flagged: 'Flagged', defective: 'Defective', all: 'All' },
    formats: { csv: 'Table (CSV)', json: 'Document (JSON)', macro: 'BLISS macro', report: 'Beamtime report' },
    hints: {
      csv: 'One line per scan, for spreadsheets and scripts.',
      json: 'Everything that is known of each scan.',
      macro: 'A user script that lists the particles and moves to one by umv, where the scans’ positions are known.',
      report: 'Counts, sample map, clearest examples, what was flagged and noted: a page to print or keep as PDF.',
    },
    download: 'Download',
    open: 'Open to print',
    save: 'Save…',
    pdf: 'PDF…',
    saved: (path: string) => `Saved as ${path}.`,
    cancelled: 'Nothing was saved.',
  },
  settings: {
    title: 'Settings of this screen',
    button: 'Settings',
    observer: 'Your name or initials',
    observerPlaceholder: 'the account’s name',
    observerHint: 'Kept with the classes that you overrule.',
    theme: 'Theme',
    themes: { light: 'Light', dark: 'Dark', night: 'Night (red on black)' },
    notify: 'Tell me outside this window',
    switches: {
      'notify-defective': 'Of a defective particle',
      'notify-unsure': 'Of a particle that the network is unsure of',
      sound: 'With a sound',
    },
    notifyHint: 'Several at once become one notification.',
    troubles: {
      denied: 'The browser does not allow notifications for this page; allow them in its site settings.',
      unsupported: 'This browser has no notifications.',
    },
  },
  notification: {
    unsure: (of: string) => `Unsure: ${of}`,
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
  share: {
    title: 'Share this screen',
    button: 'Share…',
    intro: 'Whoever opens this address sees everything and can change nothing.',
    address: 'Read-only address',
    copy: 'Copy',
    copied: 'Copied.',
    byHand: 'The browser does not let the page copy: select the address and press Ctrl+C.',
    elsewhere: 'From another machine it needs an ssh tunnel to this one, at the same port.',
    control: 'For full control give the other address, which Braggwatch printed when it was started. Think twice.',
    does: 'Share this screen, read-only',
  },
  readOnly: { chip: 'Read-only', hint: 'This address lets you look at everything and change nothing.' },
} as const;
