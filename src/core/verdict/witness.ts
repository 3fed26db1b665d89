import { classes, type DefectClass } from '@vocabulary/classes';
import type { Doubt } from '@vocabulary/doubts';

/** What phase retrieval says of a verdict. open: it is undecided, or what the verdict names leaves no line for it to find. */
export type Testimony = 'agrees' | 'contradicts' | 'open';

/** Defects about which no phase winds: planar faults, loops. */
const LINELESS: readonly DefectClass[] = ['other'];

export function testimonyOf(named: DefectClass, says: 'line' | 'none' | 'undecided'): Testimony {
  if (says === 'undecided') return 'open';
  const line = says === 'line';
  if (line === classes[named].defective) return 'agrees';
  return !line && LINELESS.includes(named) ? 'open' : 'contradicts';
}

/** What of a verdict a witness bears on. */
interface Attested {
  readonly class: DefectClass;
  readonly sure: boolean;
  readonly doubts?: Doubt[] | undefined;
}

interface Opinion {
  readonly says: 'line' | 'none' | 'undecided';
  /** Of the line, by its angle to Q. */
  readonly character?: 'screw' | 'edge' | 'mixed' | null;
}

const WITNESSED: readonly Doubt[] = ['inside-contradicts', 'inside-character'];

/** What the witness adds to the doubts. */
function doubtsOf(named: DefectClass, { character }: Opinion, testimony: Testimony): Doubt[] {
  if (testimony === 'contradicts') return ['inside-contradicts'];
  const isCharacter = named === 'screw' || named === 'edge';
  return isCharacter && character && character !== named ? ['inside-character'] : [];
}

/**
 * A verdict with what phase retrieval shows beside it: where that contradicts, the verdict is not sure any more, and of its character alone
 * where the line is that of another; that it agrees makes no unsure one sure (what it is worth is measured by `study inside`, see
 * docs/inside.md). A verdict that was heard before is heard anew.
 */
export function heard<V extends Attested, O extends Opinion>(
  verdict: V,
  opinion: O,
): V & { inside: O & { testimony: Testimony } } {
  const testimony = testimonyOf(verdict.class, opinion.says);
  const others = (verdict.doubts ?? []).filter((doubt) => !WITNESSED.includes(doubt));
  const doubts = [...others, ...doubtsOf(verdict.class, opinion, testimony)];
  const { doubts: before, ...rest } = verdict;
  // One from before there were reasons stays unsure without any.
  const sure = doubts.length === 0 && (verdict.sure || (before?.length ?? 0) > 0);
  return {
    ...(rest as V),
    sure,
    ...(doubts.length > 0 && { doubts }),
    inside: { ...opinion, testimony },
  };
}
