import type { ScanSummary } from '@contract/scan';
import { compact, wholePercent, wholeProbability } from '@renderer/format';
import { classes } from '@vocabulary/classes';
import type { Candidate, Reason, Wanted } from '@vocabulary/screening';
import { particlesText } from './words';

/** fcc's 1/2<110>, one of each opposite pair. */
const BURGERS_VECTORS = 6;
/** More than anybody reads in a list at night. */
const MOST_PHRASES = 3;

/** A large number as one says it. */
const many = (value: number): string =>
  value >= 1e6
    ? `${compact(value / 1e6, 2)} million`
    : value >= 1e3
      ? `${compact(value / 1e3, 2)} thousand`
      : compact(value, 2);

const nounOf = (wanted: Wanted): string => (wanted === 'defect' ? 'a defect' : classes[wanted].words.noun);

/** What was found for a reason, in words; null where it is not known. */
export function phraseOf({ of, found }: Reason, { verdict, overruled }: ScanSummary, wanted: Wanted): string | null {
  const words = particlesText.found;
  if (found === null) return null;
  switch (of) {
    case 'certainty':
      if (overruled) return particlesText.byHand(classes[overruled.class].words.noun, overruled.by);
      return words.certainty(wholeProbability(found), nounOf(wanted));
    case 'inside': {
      const inside = verdict?.inside;
      return inside ? particlesText.inside[inside.says](`${inside.agreeing} of ${inside.starts}`) : null;
    }
    case 'counts':
      return words.counts(many(found));
    case 'reflections':
      return words.reflections(String(Math.round(found * BURGERS_VECTORS)), String(BURGERS_VECTORS));
    case 'familiarity':
      return words.familiarity(wholePercent(found));
    case 'size':
    case 'oversampling':
    case 'strain':
    case 'isolation':
      return words[of](compact(found, 2));
  }
}

/** What speaks most for a candidate, and what most against it, each as a sentence; whatever is as good as not known is left out. */
export function whyOf({ reasons }: Candidate, scan: ScanSummary, wanted: Wanted): readonly string[] {
  const weighed = reasons
    .map((reason) => ({ phrase: phraseOf(reason, scan, wanted), gain: reason.points - reason.most / 2 }))
    .filter((each): each is { phrase: string; gain: number } => each.phrase !== null)
    .toSorted((a, b) => Math.abs(b.gain) - Math.abs(a.gain));
  return [
    { side: particlesText.for, phrases: weighed.filter(({ gain }) => gain > 0) },
    { side: particlesText.against, phrases: weighed.filter(({ gain }) => gain < 0) },
  ].flatMap(({ side, phrases }) => {
    const most = phrases.slice(0, MOST_PHRASES).map(({ phrase }) => phrase);
    return most.length > 0 ? [particlesText.sentence(side, most)] : [];
  });
}
