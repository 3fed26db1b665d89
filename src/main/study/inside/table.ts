import type { PrintedInside } from '@contract/printed-inside';
import { insideKinds, insideKindNames, type InsideKind } from './kinds';

/** One crystal of the study: what was put in, and what network and retrieval say. */
export interface InsideCase {
  readonly kind: InsideKind;
  readonly index: number;
  readonly truth: 'perfect' | 'screw' | 'edge';
  /** Code by which the reduction refused it; the rest is left out then. */
  readonly refused?: string;
  readonly retrieval?: PrintedInside;
  readonly network?: { readonly defective: boolean; readonly sure: boolean };
}

/** Of one kind. Numbers of crystals; `of` how many there could have been. */
export interface InsideRow {
  readonly kind: InsideKind;
  readonly crystals: number;
  readonly found: Share;
  readonly falseLines: Share;
  readonly undecided: Share;
  readonly character: Share;
  /** Sure verdicts of the network that are wrong about there being a defect, and those that the retrieval does not contradict. */
  readonly networkSureWrong: Share;
  readonly bothSureWrong: Share;
  /** Sure and right ones that the retrieval contradicts. */
  readonly doubted: Share;
  /** Of verdicts of which the network is not sure and with which the retrieval agrees, by a line or by none: those that are wrong all the same. */
  readonly lineWrong: Share;
  readonly noneWrong: Share;
}
export interface Share {
  readonly n: number;
  readonly of: number;
}

type Looked = InsideCase & Required<Pick<InsideCase, 'retrieval' | 'network'>>;
const isLooked = (one: InsideCase): one is Looked => one.retrieval !== undefined && one.network !== undefined;

/** Whether a retrieval says the opposite of a verdict. */
const contradicts = ({ retrieval, network }: Looked): boolean =>
  retrieval.says === (network.defective ? 'none' : 'line');

const agrees = ({ retrieval, network }: Looked): boolean => retrieval.says === (network.defective ? 'line' : 'none');

/** The table of a study, a row for each kind that has crystals. */
export function insideTable(cases: readonly InsideCase[]): InsideRow[] {
  return insideKindNames.flatMap((kind) => {
    const all = cases.filter((one) => one.kind === kind).filter(isLooked);
    if (all.length === 0) return [];
    const share = (among: readonly Looked[], what: (one: Looked) => boolean): Share => ({
      n: among.filter(what).length,
      of: among.length,
    });
    const defective = all.filter(({ truth }) => truth !== 'perfect');
    const perfect = all.filter(({ truth }) => truth === 'perfect');
    const lines = defective.filter(({ retrieval }) => retrieval.says === 'line');
    const sure = all.filter(({ network }) => network.sure);
    const agreed = all.filter((one) => !one.network.sure && agrees(one));
    const agreedBy = (says: 'line' | 'none') => agreed.filter(({ retrieval }) => retrieval.says === says);
    const wrong = ({ network, truth }: Looked): boolean => network.defective !== (truth !== 'perfect');
    return [
      {
        kind,
        crystals: all.length,
        found: share(defective, ({ retrieval }) => retrieval.says === 'line'),
        falseLines: share(perfect, ({ retrieval }) => retrieval.says === 'line'),
        undecided: share(all, ({ retrieval }) => retrieval.says === 'undecided'),
        character: share(lines, ({ retrieval, truth }) => retrieval.character === truth),
        networkSureWrong: share(sure, wrong),
        bothSureWrong: share(sure, (one) => wrong(one) && !contradicts(one)),
        doubted: share(sure, (one) => !wrong(one) && contradicts(one)),
        lineWrong: share(agreedBy('line'), wrong),
        noneWrong: share(agreedBy('none'), wrong),
      },
    ];
  });
}

/** As it stands in docs/inside.md. */
export function insideMarkdown(rows: readonly InsideRow[]): string {
  const cell = ({ n, of }: Share): string => `${n} of ${of}`;
  return [
    '| kind | crystals | dislocations found | perfect ones with a line | undecided | character right | network sure and wrong | of these not contradicted | sure and right, contradicted | network unsure, a line agrees: wrong | network unsure, none agrees: wrong |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => {
      const { found, falseLines, undecided, character } = row;
      const { networkSureWrong, bothSureWrong, doubted, lineWrong, noneWrong } = row;
      const together = [networkSureWrong, bothSureWrong, doubted, lineWrong, noneWrong];
      const shares = [found, falseLines, undecided, character, ...together].map(cell);
      return `| ${[insideKinds[row.kind], row.crystals, ...shares].join(' | ')} |`;
    }),
  ].join('\n');
}
