import { isJudged } from '@contract/standing';
import { handledElsewhere, keyGroups, tells, type Shortcut } from '@renderer/shell/shortcut';
import type { ScreenSettings } from '@renderer/shell/state/screen-settings.svelte';
import type { Marks } from '@renderer/shell/state/marks.svelte';
import type { Notices } from '@renderer/shell/state/notices.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import type { Session } from '@renderer/shell/state/session.svelte';
import { shellText } from '@renderer/shell/words';
import { text } from '@renderer/ui/words';
import { classes, classKeys, type DefectClass } from '@vocabulary/classes';
import { verdictText } from './words';

const { judgement } = verdictText;
const { undo } = shellText;
const group = keyGroups.hand;

interface Hands {
  readonly settings: ScreenSettings;
  readonly marks: Marks;
  readonly notices: Notices;
  readonly queue: Queue;
  readonly session: Session;
}

/** Overrules the scan that is looked at; null takes that back. One without a verdict has nothing to overrule, which is said. */
export function overruleSelected(
  of: DefectClass | null,
  { settings, marks, notices, queue }: Omit<Hands, 'session'>,
): void {
  const scan = queue.selected;
  if (scan && of && !isJudged(scan)) notices.say(judgement.none);
  else if (scan) void marks.overrule(scan.id, of, settings.observer);
}

/** Keys for what people do by hand: overrule a class, write a note, undo, redo. */
export function handKeys(hands: Hands): readonly Shortcut[] {
  const { marks, session } = hands;
  /** With Shift: a class is never overruled by a slip of the finger. */
  const overrule = (key: string, shown: string, of: DefectClass | null, does: string): Shortcut => ({
    group,
    in: 'watch',
    keys: [key],
    shown,
    does,
    run: () => overruleSelected(of, hands),
  });
  return [
    ...classKeys.map((of) => ({
      ...overrule(classes[of].letter.toUpperCase(), judgement.key(of), of, judgement.does(text.classes[of])),
      when: tells(session, of),
    })),
    overrule('A', judgement.agreeKey, null, judgement.agreeDoes),
    { group, keys: ['z'], ctrl: true, shown: 'Ctrl+Z', does: undo.does, run: () => void marks.undo() },
    {
      group,
      in: 'watch',
      keys: ['N'],
      shown: 'Shift+N',
      does: verdictText.noteDoes,
      run: () => document.querySelector<HTMLTextAreaElement>('[data-note]')?.focus(),
    },
    { group, keys: ['Z', 'y'], ctrl: true, shown: 'Ctrl+Shift+Z', does: undo.redoDoes, run: () => void marks.redo() },
    handledElsewhere(group, 'Ctrl+Enter', 'Save the note that is being typed; Esc saves and leaves it'),
  ];
}
