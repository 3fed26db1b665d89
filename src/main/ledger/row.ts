import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { problemSchema, warningSchema } from '@contract/errors';
import {
  defectClassSchema,
  formatSchema,
  geometryUsedSchema,
  overruledSchema,
  samplePositionSchema,
  scanDetailSchema,
  scanStateSchema,
  verdictLineSchema,
  verdictSchema,
  type ScanSummary,
} from '@contract/scan';

const json = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inner);

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  number: z.number(),
  format: formatSchema,
  name: z.string(),
  title: z.string(),
  state: scanStateSchema,
  framesPresent: z.number(),
  framesExpected: z.number(),
  preset: z.string(),
  verdict: json(verdictSchema).nullable(),
  problem: json(problemSchema).nullable(),
  warnings: json(z.array(warningSchema)),
  line: json(verdictLineSchema).nullable(),
  geometry: json(geometryUsedSchema),
  rockingCurve: json(scanDetailSchema.shape.rockingCurve.unwrap()).nullable(),
  truth: defectClassSchema.nullable(),
  nexus: z.string().nullable(),
  signature: z.string().nullable(),
  flagged: z.number(),
  note: z.string(),
  overruled: json(overruledSchema).nullable(),
  seenAt: z.string(),
  judgedAt: z.string().nullable(),
  judgedCount: z.number(),
  sample: z.string().nullable(),
  position: json(samplePositionSchema).nullable(),
});

/** A scan as the ledger keeps it. */
export type LedgerRow = z.infer<typeof rowSchema>;

type Field = keyof LedgerRow;

const isField = (name: string): name is Field => name in rowSchema.shape;
const fields = Object.keys(rowSchema.shape).filter(isField);

/** The columns whose names are not their fields'; SQL alone spells them so. */
const SPELT: Partial<Record<Field, string>> = {
  framesPresent: 'frames_present',
  framesExpected: 'frames_expected',
  rockingCurve: 'rocking_curve',
  seenAt: 'seen_at',
  judgedAt: 'judged_at',
  judgedCount: 'judged_count',
};
const columnOf = (field: Field): string => SPELT[field] ?? field;

/** Every column of a scan's row. */
export const columns: readonly string[] = fields.map(columnOf);

/** @throws ZodError where the row is not one of ours */
export const rowOf = (stored: Record<string, SQLOutputValue>): LedgerRow =>
  rowSchema.parse(Object.fromEntries(fields.map((field) => [field, stored[columnOf(field)]])));

/** A row as SQLite takes it: objects as JSON. */
export function storedOf(row: LedgerRow): Record<string, SQLInputValue> {
  const plain = (value: LedgerRow[Field]): SQLInputValue =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return Object.fromEntries(fields.map((field) => [columnOf(field), plain(row[field])]));
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
  ...(row.sample !== null && { sample: row.sample }),
  ...(row.line?.hkl && { hkl: row.line.hkl }),
  ...(row.position && { position: row.position }),
  ...(row.judgedAt && { judgedAt: row.judgedAt }),
});
