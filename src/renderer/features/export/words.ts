/** The words of exports and of the report. */
export const exportText = {
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
} as const;
