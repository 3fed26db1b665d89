import { basename } from 'node:path';
import { wholeProbability } from '@contract/percent';
import type { VerdictLine } from '@contract/scan';
import type { Verdict } from '@contract/verdict';
import { doubts, isDefectSure } from '@vocabulary/doubts';
import { insideSays, testimonies } from '@vocabulary/inside';
import { spelt } from '@main/files/spelt';

/** A verdict line for people: what the JSON says, a line of its own for each thing that qualifies the verdict. */
export function verdictText(line: VerdictLine): string {
  return [headOf(line), ...notesOf(line).map((note) => `    ${note}`)].join('\n');
}

function headOf({ scan, source, state, error, verdict, reduction, truth }: VerdictLine): string {
  const where = spelt(`${scan}  ${basename(source)}`);
  if (error) return `${where}  ${state}: ${error.message}`;
  if (!verdict || !reduction) return `${where}  ${state}`;
  const why = (verdict.doubts ?? []).map((doubt) => doubts[doubt].short).join(', ');
  const unsure = `(${isDefectSure(verdict) ? 'defective for sure; unsure' : 'unsure'}${why === '' ? '' : `: ${why}`})`;
  const named = [verdict.class, ...(verdict.sure ? [] : [unsure]), ...(verdict.early ? ['(early)'] : [])].join(' ');
  const shares = Object.entries(verdict.probabilities)
    .map(([name, p]) => `${name} ${wholeProbability(p)}`)
    .join(', ');
  const { beside } = verdict;
  const opinion = beside ? `  ${beside.model}: ${beside.class}, ${wholeProbability(beside.defective)} defective` : '';
  const inside = verdict.inside
    ? `  inside: ${insideSays[verdict.inside.says]}${verdict.inside.character ? ` (${verdict.inside.character})` : ''}, ${testimonies[verdict.inside.testimony]}${settledIn(verdict)}`
    : '';
  const d = reduction.dAngstrom === undefined ? '' : `  d ${reduction.dAngstrom.toFixed(3)} A`;
  return `${where}  ${named}  [${shares}]${opinion}${inside}${d}${truth ? `  truth: ${truth}` : ''}`;
}

/** What of the networks' doubts agreement took away. */
const settledIn = ({ settled }: Pick<Verdict, 'settled'>): string =>
  settled ? ` and settles: ${settled.map((doubt) => doubts[doubt].short).join(', ')}` : '';

/** What the reflection cannot see, and every warning: a number of them tells nobody what to mend. */
function notesOf({ hkl, invisible = [], warnings }: VerdictLine): string[] {
  const blind =
    hkl && invisible.length > 0
      ? [`${hkl.join('')} cannot see dislocations with Burgers vector ${invisible.join(', ')}.`]
      : [];
  return [...blind, ...warnings.map(({ message }) => message)];
}
