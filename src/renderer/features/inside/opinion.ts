import type { InsideOpinion } from '@contract/inside';
import { compact, wholePercent } from '@renderer/format';
import { insideText } from './words';

const angle = (degrees: number): string => String(Math.round(degrees));

/** What the retrievals say, in whole sentences. */
export function sentences({ says, reason, character, lines, freeError, agreeing, starts }: InsideOpinion): string[] {
  const { says: words } = insideText;
  const [longest] = lines;
  if (says === 'none') return [words.none];
  if (says === 'line')
    return [words.line(character), ...(longest ? [insideText.winds(longest.winding, angle(longest.angleToQDeg))] : [])];
  const because = {
    unexplained: () => insideText.unexplained(wholePercent(freeError)),
    disagree: () => insideText.disagree(agreeing, starts),
  };
  return [words.undecided, ...(reason ? [because[reason]()] : [])];
}

/** Each fact with its name and what it means. */
export function factsOf(
  opinion: InsideOpinion,
  strainPercent: number | null,
): readonly (readonly [name: string, value: string, hint?: string])[] {
  const words = insideText.facts;
  const size = opinion.bodyNm;
  return [
    [words.agreeing, words.agreeingValue(opinion.agreeing, opinion.starts)],
    [words.freeError, wholePercent(opinion.freeError), words.freeErrorHint],
    ...(size === null ? [] : [[words.size, words.sizeValue(compact(size, 3)), words.sizeHint] as const]),
    [words.spread, words.spreadValue(compact(opinion.phaseSpreadRad, 2))],
    ...(strainPercent === null ? [] : [[words.strain, words.strainValue(compact(strainPercent, 2))] as const]),
  ];
}
