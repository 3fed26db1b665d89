/** The words of the one filter and of what it leaves out. */
export const filterText = {
  label: 'Filter',
  search: 'Scan, sample, note',
  searchHint: 'Key /',
  classes: 'Classes',
  certainty: 'Certainty',
  certainties: { any: 'Sure or unsure', sure: 'Sure only', unsure: 'Unsure only' },
  flagged: 'Flagged',
  sample: 'Sample',
  anySample: 'All samples',
  reflection: 'Reflection',
  anyReflection: 'All reflections',
  clear: 'Clear',
  shown: (shown: number, all: number) => `${shown} of ${all} scans`,
  none: 'No scan passes the filter.',
  chips: 'Active filters',
  remove: (what: string) => `Remove filter: ${what}`,
  elsewhereShow: (n: number) => `Show ${n} of other folders`,
  elsewhereHide: (n: number) => `Hide ${n} of other folders`,
  elsewhereHint:
    'Scans that were judged in other folders than the one that is watched. They are in no count, map or export unless they are shown.',
  textChip: (text: string) => `“${text}”`,
} as const;
