import { classes, type DefectClass } from '@vocabulary/classes';
import { doubts as table, type Doubt } from '@vocabulary/doubts';
import { keysOf } from '@vocabulary/keys';

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
  doubts?: Doubt[] | undefined;
  settled?: Doubt[] | undefined;
}

interface Opinion {
  readonly says: 'line' | 'none' | 'undecided';
  /** Of the line, by its angle to Q. */
  readonly character?: 'screw' | 'edge' | 'mixed' | null;
}

const WITNESSED: readonly Doubt[] = ['inside-contradicts', 'inside-character'];
/** Doubts of the networks about there being a defect, which nothing that they learnt can settle, and another kind of evidence can. */
const SETTLED: readonly Doubt[] = ['probability', 'unlike-training', 'models-disagree'];

/** The doubts that a verdict had before any witness was heard. */
function before({ doubts = [], settled = [] }: Attested): Doubt[] {
  // That the kind is open took the place of a doubt that was settled: of both there never was more than one.
  const taken = settled.includes('probability') ? [...WITNESSED, 'character'] : WITNESSED;
  const own = [...settled, ...doubts.filter((doubt) => !taken.includes(doubt))];
  return keysOf(table).filter((doubt) => own.includes(doubt));
}

/** What the witness adds to the doubts. */
function added(named: DefectClass, settled: readonly Doubt[], { character }: Opinion, testimony: Testimony): Doubt[] {
  if (testimony === 'contradicts') return ['inside-contradicts'];
  const isCharacter = named === 'screw' || named === 'edge';
  const open: Doubt[] = settled.includes('probability') ? ['character'] : [];
  return [...open, ...(isCharacter && character && character !== named ? (['inside-character'] as const) : [])];
}

/**
 * A verdict with what phase retrieval shows beside it. Where that contradicts, the verdict is not sure any more, and of its character alone
 * where the line is that of another. Where it shows a line in what the network calls defective, that settles what the networks doubted of there
 * being a defect; of which kind it is stays as open as they left it. That it shows none in what is called perfect settles nothing: both miss
 * what lies close below the surface (how often both are wrong is measured by `study inside` and `study kinds`, see docs/inside.md). A verdict
 * that was heard before is heard anew.
 * @returns `settled`: what the line took from the doubts, left out where that is nothing
 */
export function heard<V extends Attested, O extends Opinion>(
  verdict: V,
  opinion: O,
): V & { inside: O & { testimony: Testimony } } {
  const testimony = testimonyOf(verdict.class, opinion.says);
  const own = before(verdict);
  const seen = testimony === 'agrees' && opinion.says === 'line';
  const settled = seen ? own.filter((doubt) => SETTLED.includes(doubt)) : [];
  const left = own.filter((doubt) => !settled.includes(doubt));
  const doubts = [...left, ...added(verdict.class, settled, opinion, testimony)];
  const rest = { ...verdict };
  delete rest.doubts;
  delete rest.settled;
  // One from before there were reasons stays unsure without any.
  const sure = doubts.length === 0 && (verdict.sure || own.length > 0 || (verdict.doubts?.length ?? 0) > 0);
  return {
    ...rest,
    sure,
    ...(doubts.length > 0 && { doubts }),
    ...(settled.length > 0 && { settled }),
    inside: { ...opinion, testimony },
  };
}
