import { BraggwatchError, warning } from '@contract/errors';
import type { ScanDetail, ScanSummary } from '@contract/scan';
import type { Verdict } from '@contract/verdict';
import { normalise } from '@core/math/vector';
import { invisibleBurgersVectors } from '@core/verdict/visibility';
import { nextPair, nextReflections } from '@core/verdict/second-reflection';
import type { LedgerRow } from '@main/ledger/row';
import { syntheticCurve } from './patterns';
import type { DefectClass } from '@vocabulary/classes';

const start = Date.UTC(2026, 4, 13, 1, 12);

export function verdictOf(of: DefectClass, chance: number, early = false): Verdict {
  const rest = (1 - chance) / 2;
  const probabilities = { perfect: rest, screw: rest, edge: rest, [of]: chance };
  return {
    class: of,
    defective: 1 - probabilities.perfect,
    probabilities,
    sure: chance >= 0.8,
    ...(early ? { early } : {}),
  };
}

/** A scan as the app tells it; `over` says what is particular. */
export function fakeScan(number: number, over: Partial<ScanSummary> = {}): ScanSummary {
  return {
    id: `scan-${number}`,
    scan: `S${String(number).padStart(4, '0')}`,
    source: `/data/visitor/hc5432/id01/20260513/RAW_DATA/pt_nps/pt_nps_0001/pt_nps_0001.h5::${number}.1`,
    format: 'bliss',
    state: 'classified',
    title: `Pt particle ${String.fromCharCode(65 + (number % 26))}${number % 7}, 111`,
    framesPresent: 201,
    framesExpected: 201,
    warnings: [],
    flagged: false,
    note: '',
    seenAt: new Date(start + number * 240_000).toISOString(),
    judgedAt: new Date(start + number * 240_000 + 200_000).toISOString(),
    ...over,
  };
}

/** A judged scan of a class. */
export function judged(number: number, of: DefectClass, chance = 0.97, over: Partial<ScanSummary> = {}): ScanSummary {
  return fakeScan(number, { verdict: verdictOf(of, chance), ...over });
}

const assumed = [
  warning('beam-centre-assumed', '(row 258, column 258)'),
  warning('reflection-assumed'),
  warning('hot-pixels', '(7)'),
];

/** One scan in every state that there is. */
export function everyState(): readonly ScanSummary[] {
  const problem = new BraggwatchError('peak-at-edge', 'brightest pixel at frame 0, row 12, column 515').toProblem();
  const missing = new BraggwatchError('geometry-incomplete', 'distance').toProblem();
  const unjudged = { judgedAt: undefined, verdict: undefined };
  const scan = (number: number, over: Partial<ScanSummary>): ScanSummary =>
    withoutUndefined(fakeScan(number, { ...unjudged, ...over }));
  return [
    scan(41, {
      state: 'arriving',
      framesPresent: 45,
      verdict: verdictOf('edge', 0.61, true),
      truth: 'edge',
      warnings: [warning('partial-scan')],
    }),
    scan(40, { state: 'arriving', framesPresent: 3, framesExpected: 0, title: 'Alignment' }),
    scan(39, { state: 'waiting' }),
    scan(38, { state: 'reducing' }),
    judged(37, 'screw', 0.974, {
      truth: 'screw',
      warnings: assumed,
      flagged: true,
      note: 'Come back with the 200 reflection.',
    }),
    judged(36, 'perfect', 0.9991, { truth: 'perfect' }),
    judged(35, 'edge', 0.52, { truth: 'screw', warnings: [warning('nearly-saturated'), warning('model-provisional')] }),
    scan(34, { state: 'rejected', problem }),
    scan(33, { state: 'skipped', title: 'th scan, alignment of the very long sample name that does not fit' }),
    scan(32, { state: 'rejected', problem: missing }),
    judged(31, 'perfect', 0.94),
    judged(30, 'edge', 0.88, { source: '/data/visitor/hc5432/id01/20260513/RAW_DATA/moved/pt_nps_0001.h5' }),
  ];
}

/** Several hundred nights in one list. */
export function overfull(count: number): readonly ScanSummary[] {
  const classes: readonly DefectClass[] = ['perfect', 'perfect', 'screw', 'perfect', 'edge'];
  return Array.from({ length: count }, (_, n) => judged(n + 1, classes[n % 5]!, 0.5 + ((n * 37) % 50) / 100));
}

/** Judged by an older model before. */
const historyOf = (verdict: Verdict, judgedAt: string): NonNullable<ScanDetail['history']> => [
  { judgedAt, verdict, model: { name: 'three-class', hash: '4f1d08c2aa93e1b7' } },
  {
    judgedAt: '2026-05-12T22:40:00.000Z',
    verdict: verdictOf('edge', 0.55),
    model: { name: 'beamtime-may', hash: '99aa' },
  },
];

/** A long beamtime on two samples, each with its particles' places; every tenth scan without. */
export function mapped(count: number): readonly ScanSummary[] {
  const classes: readonly DefectClass[] = ['perfect', 'perfect', 'screw', 'perfect', 'edge', 'perfect', 'screw'];
  // The golden angle spreads particles evenly over a disc, no two in one place.
  const place = (n: number): NonNullable<ScanSummary['position']> => {
    const [radius, angle] = [1.2 * Math.sqrt(n), n * 2.39996];
    const at = (
      name: string,
      micrometres: number,
      motor: string,
    ): { name: string; micrometres: number; motors: string[] } => ({
      name,
      micrometres,
      motors: [motor],
    });
    return {
      axes: [
        at('x', 50 + radius * Math.cos(angle), 'pix'),
        at('y', 40 + 0.6 * radius * Math.sin(angle), 'piy'),
        at('z', 50 + 0.01 * (n % 9), 'piz'),
      ],
    };
  };
  return Array.from({ length: count }, (_, i) => {
    const n = i + 1;
    return judged(n, classes[(11 * n + (n % 5)) % 7]!, n % 6 === 0 ? 0.6 : 0.85 + ((n * 37) % 15) / 100, {
      sample: n <= count / 2 ? 'pt_nps' : 'au_nps',
      hkl: n % 4 === 0 ? [2, 0, 0] : [1, 1, 1],
      flagged: n % 23 === 0,
      note: n % 50 === 0 ? 'beam was low' : '',
      ...(n % 10 === 0 ? {} : { position: place(n) }),
    });
  });
}

/** Told of every scan, and found once, as in the app. */
const next = { single: nextReflections([1, 1, 1]), pair: nextPair([1, 1, 1]) };

export function detailOf(summary: ScanSummary): ScanDetail {
  const measured = summary.verdict !== undefined;
  const hkl = summary.hkl ?? [1, 1, 1];
  return {
    summary,
    preset: 'esrf-id01',
    ...(summary.flagged && summary.verdict ? { history: historyOf(summary.verdict, summary.judgedAt!) } : {}),
    geometry: [
      { name: 'energy', value: '9000.0 eV', from: 'file' },
      { name: 'distance', value: '0.8200 m', from: 'preset' },
      { name: 'direct beam', value: '258, 258 px', from: 'assumed' },
      { name: 'pixel', value: '55 x 55 µm', from: 'preset' },
      { name: 'eta', value: '18.2000 … 18.8000 °', from: 'file' },
      { name: 'nu', value: '36.1120 °', from: 'file' },
      { name: 'delta', value: '0.0310 °', from: 'file' },
      { name: 'element', value: 'Pt', from: 'answer' },
      { name: 'reflection', value: '(1 1 1)', from: 'computed' },
    ],
    ...(summary.framesPresent > 5 ? { rockingCurve: syntheticCurve(summary.framesPresent) } : {}),
    ...(measured
      ? {
          nextReflections: next,
          line: {
            scan: summary.scan,
            source: summary.source,
            format: summary.format,
            state: summary.verdict?.early ? ('early' as const) : ('classified' as const),
            verdict: summary.verdict!,
            model: { name: 'three-class', hash: '4f1d08c2aa93e1b7' },
            engine: 'onnx/cpu',
            hkl,
            invisible: invisibleBurgersVectors(hkl),
            reduction: {
              method: 'linear' as const,
              frames: summary.framesPresent,
              peak: [100, 251, 262] as [number, number, number],
              q: 2.7741,
              dAngstrom: 2.265,
              voxelInvAngstrom: 0.00071,
              oversampling: 3.9,
              qDirection: [...normalise(hkl)] as [number, number, number],
              measuredOversampling: 2.1 + (Number(summary.id.slice(5)) % 17) / 10,
            },
            timingsMs: { read: 210, reduce: 118, predict: 18 },
            warnings: summary.warnings,
          },
        }
      : {}),
  };
}

const rows = new WeakMap<ScanSummary, LedgerRow>();
/**
 * The ledger's row of a scan as the screen shows it; its result file is named like the scan. Made once of each, as the app holds it: of
 * thousands they would take the double longer at every question than the app takes to answer it.
 */
export function fakeRow(summary: ScanSummary): LedgerRow {
  const row = rows.get(summary) ?? rowOf(summary);
  rows.set(summary, row);
  return row;
}

function rowOf(summary: ScanSummary): LedgerRow {
  const { line, rockingCurve } = detailOf(summary);
  return {
    id: summary.id,
    source: summary.source,
    number: 1,
    format: summary.format,
    name: summary.scan,
    title: summary.title,
    state: summary.state,
    framesPresent: summary.framesPresent,
    framesExpected: summary.framesExpected,
    preset: 'esrf-id01',
    verdict: summary.verdict ?? null,
    problem: summary.problem ?? null,
    warnings: summary.warnings,
    line: line ?? null,
    geometry: [],
    rockingCurve: rockingCurve ?? null,
    truth: summary.truth ?? null,
    nexus: summary.verdict ? summary.id : null,
    signature: null,
    flagged: summary.flagged ? 1 : 0,
    note: summary.note,
    overruled: summary.overruled ?? null,
    plan: summary.plan ?? null,
    particle: summary.particle ?? null,
    sample: summary.sample ?? null,
    position: summary.position ?? null,
    startedAt: summary.startedAt ?? null,
    seenAt: summary.seenAt,
    judgedAt: summary.judgedAt ?? null,
    judgedCount: 1,
    madeFrom: null,
    inside: null,
  };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
