/** Numbers of the paper: Table 1, and Supplementary Tables 1 to 4 (small crystals). Percent throughout. */

/** Probabilities of perfect, screw, edge. */
export type Triple = readonly [number, number, number];

export interface PaperRow {
  /** On its own test set (Supplementary Table 1); null where the paper only says 'above 86'. */
  readonly testAccuracy: number | null;
  /** Right on measured defect-free crystals, the SixS screw, the P10 mixed dislocation (Supplementary Tables 2 to 4). */
  readonly measured: { readonly perfect: number; readonly screw: number; readonly mixed: number };
  /** The line of Table 1. */
  readonly table1: { readonly label: string; readonly size: 'small' | 'large'; readonly cells: readonly Triple[] };
}

/** Columns of Table 1. */
export const paperScans = [
  'P10 mixed 1',
  'SixS screw 1',
  'P10 no defect 1',
  'P10 no defect 2',
  'SixS screw 2',
  'P10 mixed 2',
  'SixS no defect',
  'P10 mixed 3',
  'P10 no defect 3',
] as const;

/** A line of Table 1 as it is printed: perfect, screw, edge of each scan. */
const line = (size: 'small' | 'large', label: string, printed: string): PaperRow['table1'] => ({
  ...{ label, size },
  cells: printed.split(/ *\| */).map((cell): Triple => {
    const [perfect, screw, edge] = cell.split(' ').map(Number);
    return [perfect!, screw!, edge!];
  }),
});

const [unrelaxed, relaxed, elements, rpd, mixed] = [
  '99 1 0 | 0 3 97 | 100 0 0 | 100 0 0 | 0 1 99 | 97 2 1 | 100 0 0 | 100 0 0 | 100 0 0',
  '99 1 0 | 0 100 0 | 100 0 0 | 100 0 0 | 0 69 31 | 72 18 10 | 72 16 12 | 92 6 2 | 100 0 0',
  '98 0 2 | 0 100 0 | 100 0 0 | 100 0 0 | 0 98 2 | 88 5 8 | 99 0 1 | 94 2 3 | 100 0 0',
  '9 53 38 | 0 36 64 | 100 0 0 | 100 0 0 | 0 8 92 | 0 58 42 | 99 1 0 | 0 63 37 | 100 0 0',
  '0 94 6 | 0 100 0 | 98 2 0 | 99 1 0 | 0 97 3 | 0 84 16 | 75 16 9 | 0 82 18 | 100 0 0',
] as const;

export const paper = {
  // Not in the supplement: counted in Table 1.
  unrelaxed: {
    ...{ testAccuracy: null, measured: { perfect: 100, screw: 0, mixed: 0 } },
    table1: line('small', 'Pt, unrelaxed, CD', unrelaxed),
  },
  relaxed: {
    ...{ testAccuracy: 96.4, measured: { perfect: 100, screw: 100, mixed: 0 } },
    table1: line('small', 'Pt, relaxed, CD', relaxed),
  },
  elements: {
    ...{ testAccuracy: 97.2, measured: { perfect: 100, screw: 50, mixed: 0 } },
    table1: line('large', 'Au-Pt, relaxed, CD', elements),
  },
  rpd: {
    ...{ testAccuracy: 96.5, measured: { perfect: 50, screw: 50, mixed: 100 } },
    table1: line('large', 'Au-Pt, relaxed, RPD', rpd),
  },
  mixed: {
    ...{ testAccuracy: 97.6, measured: { perfect: 100, screw: 50, mixed: 66 } },
    table1: line('large', 'Au-Pt, relaxed, 75 % CD, 25 % RPD', mixed),
  },
} as const satisfies Record<string, PaperRow>;
