/** The words of the list of scans. */
export const queueText = {
  label: 'Scans',
  newestFirst: 'newest first',
  follow: 'Follow newest',
  followHint: 'Always show the newest verdict; it stays until the next is there',
  empty: 'No scan has arrived yet.',
  emptyHint: 'Scans show up here by themselves, as soon as their first frame is on disk.',
  held: 'Held up',
  tallyUnsure: 'unsure',
  tallyOpen: 'in progress',
  tallyRejected: 'not judged',
  taken: (when: string, recorded: boolean) =>
    recorded ? `Begun ${when}` : `Seen ${when}; its file does not say when it began`,
  flag: 'Flag or unflag',
} as const;
