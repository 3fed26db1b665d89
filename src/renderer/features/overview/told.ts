import type { ScanSummary } from '@contract/scan';
import { standingOf } from '@contract/standing';
import { takenAt } from '@contract/taken';
import { dayAndClock, millerIndices, wholeProbability } from '@renderer/format';
import { text } from '@renderer/ui/words';
import { overviewText } from './words';

/** What is said of a scan that the pointer is on: its name, what it counts as, when it was taken. */
export function toldOf(scan: ScanSummary): readonly string[] {
  const standing = standingOf(scan);
  const chance = scan.verdict && standing && !standing.byHand ? scan.verdict.probabilities[standing.class] : undefined;
  const verdict = standing
    ? [
        text.classesShort[standing.class],
        ...(chance === undefined ? [] : [wholeProbability(chance)]),
        ...(standing.byHand
          ? [overviewText.byHand]
          : standing.early
            ? [text.early]
            : standing.sure
              ? []
              : [text.unsure]),
      ].join(' ')
    : text.states[scan.state];
  const reflection = scan.hkl ? ` ${millerIndices(scan.hkl)}` : '';
  return [
    `${scan.scan}${scan.sample === undefined ? '' : `, ${scan.sample}`}`,
    `${verdict}${reflection}`,
    dayAndClock(takenAt(scan)),
    ...(scan.note === '' ? [] : [scan.note]),
  ];
}
