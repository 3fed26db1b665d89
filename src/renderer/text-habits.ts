import type { DefectClass } from '@contract/scan';

/** Words of what people do by hand and of the app's habits: judgement, undo, exports, report, notices, settings. */
export const habitsText = {
  judgement: {
    title: 'Your judgement',
    agree: 'As the network',
    hint: 'Kept beside the network’s class, never instead of it.',
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
    redone: (what: string, scan: string) => `Done again: ${what} of ${scan}.`,
    nothing: 'Nothing to undo.',
    nothingToRedo: 'Nothing to redo.',
    changed: (what: string, scan: string) =>
      `The ${what} of ${scan} has been changed by somebody else since; it stays as it is.`,
  },
} as const;
