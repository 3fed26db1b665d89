import { tells, type Shortcut } from '@renderer/shell/shortcut';
import type { Screen } from '@renderer/shell/state/screen.svelte';
import { verdictText } from './words';
import { shellText } from '@renderer/shell/words';
import { jobsText } from '@renderer/features/jobs/words';
import { text } from '@renderer/ui/words';
import { classes, classKeys, type DefectClass } from '@vocabulary/classes';

const { judgement } = verdictText;
const { undo } = shellText;

/** A shortcut as keyboard.ts has them. */
interface HandKey {
  readonly group: 'hand';
  readonly in?: 'watch';
  readonly keys: readonly string[];
  readonly ctrl?: boolean;
  readonly shown: string;
  readonly does: string;
  readonly when?: (screen: Screen) => boolean;
  run(screen: Screen): void;
}

/** With Shift: a class is never overruled by a slip of the finger. */
const overrule = (key: string, shown: string, of: DefectClass | null, does: string): HandKey => ({
  group: 'hand',
  in: 'watch',
  keys: [key],
  shown,
  does,
  run: (screen) => screen.overruleSelected(of),
});

/** Keys for what people do by hand: overrule a class, undo, redo. */
export const handKeys: readonly HandKey[] = [
  ...classKeys.map((of) => ({
    ...overrule(classes[of].letter.toUpperCase(), judgement.key(of), of, judgement.does(text.classes[of])),
    when: tells(of),
  })),
  overrule('A', judgement.agreeKey, null, judgement.agreeDoes),
  {
    group: 'hand',
    keys: ['z'],
    ctrl: true,
    shown: 'Ctrl+Z',
    does: undo.does,
    run: ({ session }) => void session.marks.undo(),
  },
  {
    group: 'hand',
    in: 'watch',
    keys: ['N'],
    shown: 'Shift+N',
    does: verdictText.noteDoes,
    run: () => document.querySelector<HTMLTextAreaElement>('[data-note]')?.focus(),
  },
  {
    group: 'hand',
    keys: ['Z', 'y'],
    ctrl: true,
    shown: 'Ctrl+Shift+Z',
    does: undo.redoDoes,
    run: ({ session }) => void session.marks.redo(),
  },
];

/** The job drawer and what to share, from every view. */
export const jobKeys: readonly Shortcut[] = [
  {
    group: 'view',
    keys: ['L'],
    shown: 'Shift+L',
    does: shellText.share.does,
    run: (screen) => screen.session.canShare && screen.show('share'),
  },
  { group: 'view', keys: ['J'], shown: 'Shift+J', does: jobsText.does, run: (screen) => screen.show('jobs') },
];

/** What the element that has the focus, or the mouse, handles by itself; listed so that the sheet leaves nothing out. */
export const handledElsewhere = (
  [
    ['queue', 'PgUp PgDn Home End', 'In the focused list: a page, the first, the last'],
    ['hand', 'Ctrl+Enter', 'Save the note that is being typed; Esc saves and leaves it'],
    ['simulate', '+ − Home', 'Zoom the focused crystal, or turn it back'],
    ['slices', 'Drag', 'Move the crosshair'],
    ['slices', 'Wheel', 'Zoom about the crosshair'],
    ['slices', 'Shift+Wheel', 'Step through the depth'],
  ] as const
).map(([group, shown, does]) => ({ group, keys: [], shown, does, run: () => undefined }));
