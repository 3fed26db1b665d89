import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { BraggwatchError, type Problem, type Warning } from '@contract/errors';
import { printedInside } from '@contract/printed-inside';
import { printedLine, printedVerdict } from '@contract/printed-line';
import {
  planSchema,
  recordedFormatSchema,
  scanStateSchema,
  type GeometryUsed,
  type RecordedFormat,
  type SamplePosition,
  type ScanDetail,
  type ScanState,
  type ScanSummary,
  type VerdictLine,
} from '@contract/scan';
import type { Overruled, Verdict } from '@contract/verdict';
import * as tolerant from './tolerant';
import type { DefectClass } from '@vocabulary/classes';
import type { Plan } from '@vocabulary/screening';

/** A scan as the ledger keeps it. */
export interface LedgerRow {
  readonly id: string;
  readonly source: string;
  readonly number: number;
  readonly format: RecordedFormat;
  readonly name: string;
  readonly title: string;
  readonly state: ScanState;
  readonly framesPresent: number;
  readonly framesExpected: number;
  readonly preset: string;
  readonly verdict: Verdict | null;
  readonly problem: Problem | null;
  readonly warnings: Warning[];
  readonly line: VerdictLine | null;
  readonly geometry: GeometryUsed;
  readonly rockingCurve: NonNullable<ScanDetail['rockingCurve']> | null;
  readonly truth: DefectClass | null;
  readonly nexus: string | null;
  readonly signature: string | null;
  readonly flagged: number;
  readonly note: string;
  readonly overruled: Overruled | null;
  readonly plan: Plan | null;
  /** The particle that a person put it into, by the id of one of its scans; null where its place tells. */
  readonly particle: string | null;
  /** When it began, as its file says, in UTC; null where it does not tell. */
  readonly startedAt: string | null;
  readonly seenAt: string;
  readonly judgedAt: string | null;
  readonly judgedCount: number;
  readonly sample: string | null;
  readonly position: SamplePosition | null;
  /** null for what was judged by a version that did not record it. */
  readonly madeFrom: tolerant.MadeFrom | null;
  /** What phase retrieval showed within it; null where it was not looked into. */
  readonly inside: tolerant.StoredInside | null;
}

type Field = keyof LedgerRow;

/** A column of JSON; null where this version makes nothing of what it holds. @throws SyntaxError where it is no JSON: damage */
const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .nullable()
    .transform((text): z.output<T> | null => {
      const value: unknown = text === null ? null : JSON.parse(text);
      return inner.safeParse(value).data ?? null;
    });
const word = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .nullable()
    .transform((text): z.output<T> | null => inner.safeParse(text).data ?? null);
const text = z.string();
const count = z.int().min(0).catch(0);

/** Each field with how it is read; a row that fails here is damaged and set aside. */
const reading = {
  id: text.min(1),
  source: text,
  number: z.int(),
  format: text.pipe(recordedFormatSchema.catch('unknown')),
  name: text,
  title: text,
  state: word(scanStateSchema),
  framesPresent: count,
  framesExpected: count,
  preset: text,
  verdict: json(tolerant.storedVerdict),
  problem: json(tolerant.storedProblem),
  warnings: json(tolerant.storedWarnings).transform((all) => all ?? []),
  line: json(tolerant.storedLine),
  geometry: json(tolerant.storedGeometry).transform((all) => all ?? []),
  rockingCurve: json(tolerant.storedCurve),
  truth: word(tolerant.storedClass),
  nexus: text.nullable(),
  signature: text.nullable(),
  flagged: z.number(),
  note: text,
  overruled: json(tolerant.storedOverruled),
  plan: word(planSchema),
  particle: text.nullable(),
  startedAt: text.nullable(),
  seenAt: text,
  judgedAt: text.nullable(),
  judgedCount: count,
  sample: text.nullable(),
  position: json(tolerant.storedPosition),
  madeFrom: json(tolerant.storedMadeFrom),
  inside: json(tolerant.storedInside),
} satisfies Record<Field, z.ZodType>;

const rowSchema = z.object(reading);

const isField = (name: string): name is Field => name in reading;
const fields = Object.keys(reading).filter(isField);

/** The columns whose names are not their fields'; SQL alone spells them so. */
const SPELT: Partial<Record<Field, string>> = {
  framesPresent: 'frames_present',
  framesExpected: 'frames_expected',
  rockingCurve: 'rocking_curve',
  startedAt: 'started_at',
  seenAt: 'seen_at',
  judgedAt: 'judged_at',
  judgedCount: 'judged_count',
  madeFrom: 'made_from',
};
const columnOf = (field: Field): string => SPELT[field] ?? field;

/** Every column of a scan's row. */
export const columns: readonly string[] = fields.map(columnOf);

export type Stored = Readonly<Record<string, SQLOutputValue>>;

/**
 * A row as it was stored, in this version's words: what another version wrote that this one does not know becomes something it can
 * show and export, never a failure.
 * @throws Error where the row is damaged
 */
export function rowOf(stored: Stored): LedgerRow {
  const row = rowSchema.parse(Object.fromEntries(fields.map((field) => [field, stored[columnOf(field)] ?? null])));
  if (typeof stored['verdict'] === 'string' && !row.verdict)
    return { ...row, state: 'rejected', problem: row.problem ?? foreign() };
  return { ...row, state: row.state ?? stateOf(row) };
}

const foreign = (): Problem => new BraggwatchError('verdict-of-another-version').toProblem();

/** The state of a row whose own word for it is not known. */
function stateOf({ judgedAt, verdict, problem }: Pick<LedgerRow, 'judgedAt' | 'verdict' | 'problem'>): ScanState {
  if (problem) return 'rejected';
  if (judgedAt === null) return 'arriving';
  return verdict ? 'classified' : 'skipped';
}

/** What is spelt in the ledger as it is printed. */
const SPELT_OUT = {
  line: ({ line }) => line && printedLine(line),
  verdict: ({ verdict }) => verdict && printedVerdict(verdict),
  inside: ({ inside }) => inside && { ...inside, opinion: printedInside(inside.opinion) },
} satisfies Partial<Record<Field, (row: LedgerRow) => object | null>>;
const isSpeltOut = (field: Field): field is keyof typeof SPELT_OUT => field in SPELT_OUT;

/** A field as SQLite takes it: objects as JSON. */
function plain(row: LedgerRow, field: Field): SQLInputValue {
  const value = isSpeltOut(field) ? SPELT_OUT[field](row) : row[field];
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** What is stored of a row, and how this version reads it. */
export interface Kept {
  readonly stored: Stored;
  readonly row: LedgerRow;
}

/**
 * A row as SQLite takes it.
 * @param before what is stored of it: a field that has not changed since keeps what was written, in whatever words
 */
export function storedOf(row: LedgerRow, before?: Kept): Record<string, SQLInputValue> {
  const valueOf = (field: Field): SQLInputValue => {
    const value = plain(row, field);
    const written = before?.stored[columnOf(field)];
    return before && written !== undefined && plain(before.row, field) === value ? written : value;
  };
  return Object.fromEntries(fields.map((field) => [columnOf(field), valueOf(field)]));
}

/** A row as the screen's queue shows it. */
export const toSummary = (row: LedgerRow): ScanSummary => ({
  id: row.id,
  scan: row.name,
  source: row.source,
  format: row.format,
  state: row.state,
  title: row.title,
  framesPresent: row.framesPresent,
  framesExpected: row.framesExpected,
  warnings: row.warnings,
  flagged: row.flagged !== 0,
  note: row.note,
  seenAt: row.seenAt,
  ...(row.verdict && { verdict: row.verdict }),
  ...(row.problem && { problem: row.problem }),
  ...(row.truth && { truth: row.truth }),
  ...(row.overruled && { overruled: row.overruled }),
  ...(row.plan && { plan: row.plan }),
  ...(row.particle !== null && { particle: row.particle }),
  ...(row.sample !== null && { sample: row.sample }),
  ...(row.line?.hkl && { hkl: row.line.hkl }),
  ...(row.position && { position: row.position }),
  ...(row.startedAt && { startedAt: row.startedAt }),
  ...(row.judgedAt && { judgedAt: row.judgedAt }),
});
