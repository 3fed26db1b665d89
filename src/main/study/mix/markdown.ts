import { percent } from '@contract/percent';
import { paperScans } from './paper';
import type { Report } from './report';
import type { RowId } from './rows';

type Judgement = Report['judgements'][number];
type Evaluation = Judgement['total'];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? '-' : percent(value);
/** Share and counts of right verdicts. */
const right = (of: Evaluation | undefined, two = false): string => {
  if (!of) return '-';
  const value = two ? of.twoClassAccuracy : of.accuracy;
  return `${share(value)} (${Math.round(value * of.patterns)}/${of.patterns})`;
};
const paperShare = (value: number | null): string => (value === null ? 'above 86 %' : `${value} %`);
const triple = ([p, s, e]: readonly number[]): string => `p ${p} s ${s} e ${e}`;

const find = ({ judgements }: Report, by: RowId, on: RowId | 'raw'): Judgement | undefined =>
  judgements.find((one) => one.by === by && one.on === on);

function besidePaper(report: Report): string {
  const head = [
    ...['trained on', 'own test set', 'paper', "other rows' test sets"],
    ...['raw: defect-free', 'paper: defect-free', 'raw: centred', 'paper: SixS screw'],
    ...['raw: off centre, class', 'raw: off centre, found defective', 'paper: P10 mixed'],
  ];
  return table(
    head,
    report.rows.map(({ id, label, paper }) => {
      const raw = find(report, id, 'raw')?.parts;
      const others = report.shift.find(({ model }) => model === id)?.otherSets;
      return [
        ...[label, right(find(report, id, id)?.total), paperShare(paper.testAccuracy), share(others)],
        ...[right(raw?.perfect), paperShare(paper.measured.perfect)],
        ...[right(raw?.centred), paperShare(paper.measured.screw)],
        ...[right(raw?.offCentre), right(raw?.offCentre, true), paperShare(paper.measured.mixed)],
      ];
    }),
  );
}

const crossTable = (report: Report): string =>
  table(
    ['network \\ test set', ...report.rows.map(({ label }) => label)],
    report.rows.map(({ id, label }) => [label, ...report.rows.map((set) => right(find(report, id, set.id)?.total))]),
  );

const rawTable = (report: Report): string =>
  table(
    ['network', 'three classes', 'two classes', 'centred, found defective', 'crystals'],
    report.rows.map(({ id, label }) => {
      const raw = find(report, id, 'raw');
      return [
        ...[label, right(raw?.total), right(raw?.total, true), right(raw?.parts.centred, true)],
        raw ? String(raw.crystals) : '-',
      ];
    }),
  );

const paperTable = (report: Report): string =>
  table(
    ['trained on', 'crystals', ...paperScans],
    report.rows.map(({ paper: { table1 } }) => [table1.label, table1.size, ...table1.cells.map(triple)]),
  );

function measuredTable({ measured, rows }: Report): string {
  const names = measured[0]?.scans.map(({ scan }) => scan) ?? [];
  return table(
    ['trained on', ...names],
    measured.map(({ by, scans }) => [
      rows.find(({ id }) => id === by)?.label ?? by,
      ...scans.map(({ probabilities }) => triple(probabilities.map((p) => Math.round(100 * p)))),
    ]),
  );
}

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ') || '-';

const setTable = ({ rows }: Report): string =>
  table(
    ['set', 'crystals', 'patterns', 'discarded', 'LAMMPS', 'set SHA-256', 'steps', 'best epoch', 'network SHA-256'],
    rows.map(({ label, set, training }) => [
      label,
      ...(set
        ? [`${set.crystals}`, `${set.patterns}`, list(set.discarded), list(set.relaxers), set.sha256.slice(0, 12)]
        : ['not made yet', '-', '-', '-', '-']),
      ...(training
        ? [`${training.steps}`, `${training.best + 1} of ${training.epochs}`, training.sha256.slice(0, 12)]
        : ['not trained yet', '-', '-']),
    ]),
  );

/** Who came out worst and best by one of the measures, beside what the paper found. */
function trend({ shift, rows }: Report, key: 'otherSets' | 'raw' | 'rawTwoClass', where: string): string | undefined {
  const ranked = shift
    .flatMap((one) => (one[key] === null ? [] : [{ model: one.model, value: one[key] }]))
    .sort((a, b) => a.value - b.value);
  const [worst, best] = [ranked[0], ranked.at(-1)];
  if (ranked.length < 2 || ranked.length < rows.length || !worst || !best) return undefined;
  const label = (id: RowId): string => rows.find((row) => row.id === id)?.label ?? id;
  if (worst.value === best.value) return `* ${where}: no difference, ${share(best.value)} for all.`;
  const expected = (id: RowId, was: boolean, place: string): string[] =>
    rows.some((row) => row.id === id) ? [`${label(id)} is ${was ? '' : 'not '}the ${place}`] : [];
  const tied = (value: number): RowId[] => ranked.filter((one) => one.value === value).map(({ model }) => model);
  const names = (ids: readonly RowId[]): string => ids.map(label).join(' and ');
  const [least, most] = [tied(worst.value), tied(best.value)];
  const judged = [
    ...expected('unrelaxed', least.includes('unrelaxed'), 'worst'),
    ...expected('mixed', most.includes('mixed'), 'best'),
  ];
  const found = `* ${where}: worst ${names(least)} (${share(worst.value)}), best ${names(most)} (${share(best.value)})`;
  return `${found}${judged.length > 0 ? `; ${judged.join(', ')}` : ''}.`;
}

function intro({ settings }: Report): string {
  const { seed, crystals, orientations, cells, split, training } = settings;
  const size = cells ? `${cells[0]} to ${cells[1]} cells` : '40 cells, as in the paper,';
  return [
    `Every row: ${crystals} crystals of ${size} with ${orientations} patterns each, seed ${seed}: crystal n has the same class, shape,`,
    `height, reflection and part in every row, as far as relaxing leaves it. Parts go by crystal: ${share(split.validation)} for validation,`,
    `${share(split.test)} for testing (the paper, which has more crystals, tests on 5 %). Every network: three-class, ${training.epochs} epochs of`,
    `batches of ${training.batch}, rate ${training.rate}, seed ${training.seed}; the same number of steps for each row.`,
  ].join('\n');
}

/** Everything that the rows ask for is judged. */
const isWhole = (report: Report): boolean =>
  report.rows.every(({ id }) => report.rows.every((set) => find(report, id, set.id)));

const rawIntro = ({ raw }: Report): string[] =>
  raw ? [`${raw.reduced} scans of seed ${raw.seed}; refused by the reduction: ${list(raw.refused)}.`] : [];

/** `dataset-mix.md`. */
export function asMarkdown(report: Report): string {
  const trends = [
    trend(report, 'otherSets', "Other rows' test sets"),
    trend(report, 'raw', 'Raw scans, three classes'),
    trend(report, 'rawTwoClass', 'Raw scans, perfect against defective'),
  ].filter((one) => one !== undefined);
  return [
    '# Training sets, after Table 1 of the paper',
    ...(isWhole(report) ? [] : ['**Not finished: what is missing below is still to be made.**']),
    intro(report),
    '## Beside the paper',
    besidePaper(report),
    [
      'Right verdicts over patterns judged. Patterns of one crystal are alike, so that fewer of them are independent than the counts say.',
      'The P10 particle has a mixed dislocation: either class is right for it.',
      "The paper's columns are measured scans (four, two and three of them; Supplementary Tables 1 to 4, first row counted in Table 1), which are",
      'not public. The columns beside them are no measurement either: raw scans of large continuum crystals of other metals, simulated through',
      'detector, files and reduction. Centred: within a tenth of the size from the centre. Off centre: farther, up to a quarter, where the',
      "paper's P10 particle has its dislocation near the surface. They stand in for the shift that the paper saw; they do not repeat it.",
    ].join('\n'),
    ...(trends.length > 0
      ? [
          '## What came of it',
          'In the paper the unrelaxed set is the worst and the mixed one the best. Here:',
          trends.join('\n'),
        ]
      : []),
    '## Every network on every test set',
    crossTable(report),
    ...(report.judgements.some(({ on }) => on === 'raw')
      ? ['## Raw scans', ...rawIntro(report), rawTable(report)]
      : []),
    ...(report.measured.length > 0
      ? [
          '## Measured scans',
          'Percent perfect, screw, edge. What these crystals are is not known.',
          measuredTable(report),
        ]
      : []),
    '## Table 1 of the paper',
    'Percent perfect, screw, edge. Its rows of several elements are large crystals of Au and Pt; ours above are small ones of four metals.',
    paperTable(report),
    '## Sets and trainings',
    setTable(report),
  ]
    .join('\n\n')
    .concat('\n');
}
