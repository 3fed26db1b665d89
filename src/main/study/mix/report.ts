import { z } from 'zod';
import { judgementSchema } from './judgement';
import { measuredSchema } from './measured';
import { paper } from './paper';
import { labelOf, rowIds, type RowId } from './rows';
import { settingsSchema, type StudySettings } from './settings';
import { mean } from '../mean';

const row = z.enum(rowIds);
const counts = z.record(z.string(), z.int());
const share = z.number().min(0).max(1);
const percent = z.number().min(0).max(100);
const sha256 = z.string();

const setSchema = z.strictObject({
  recipe: z.json(),
  crystals: z.int(),
  patterns: z.int(),
  /** Crystals discarded after relaxation, by reason; LAMMPS by kind and version. */
  discarded: counts,
  relaxers: counts,
  sha256,
});
export type SetFacts = z.infer<typeof setSchema>;

const trainingSchema = z.strictObject({
  sha256,
  seed: z.int(),
  steps: z.int(),
  epochs: z.int(),
  best: z.int(),
  validationAccuracy: share,
});
export type TrainingFacts = z.infer<typeof trainingSchema>;

const rawSchema = z.strictObject({ seed: z.int(), reduced: z.int(), refused: counts });
export type RawFacts = z.infer<typeof rawSchema>;

/** How a network fares where it was not trained; null where nothing was judged. */
const shiftSchema = z.strictObject({
  model: row,
  /** Mean accuracy over the other rows' test sets. */
  otherSets: share.nullable(),
  raw: share.nullable(),
  /** Perfect against defective. */
  rawTwoClass: share.nullable(),
});
export type Shift = z.infer<typeof shiftSchema>;

/** `dataset-mix.json`. */
export const reportSchema = z.strictObject({
  study: z.literal('dataset-mix'),
  settings: settingsSchema,
  rows: z.array(
    z.strictObject({
      id: row,
      label: z.string(),
      /** Null until made, until trained. */
      set: setSchema.nullable(),
      training: trainingSchema.nullable(),
      paper: z.strictObject({
        testAccuracy: percent.nullable(),
        measured: z.strictObject({ perfect: percent, screw: percent, mixed: percent }),
        table1: z.strictObject({
          label: z.string(),
          size: z.enum(['small', 'large']),
          cells: z.array(z.tuple([percent, percent, percent])).length(9),
        }),
      }),
    }),
  ),
  /** The raw scans that the study made; null where it was given some, or none. */
  raw: rawSchema.nullable(),
  /** Every network on every test set, and on the raw scans. */
  judgements: z.array(judgementSchema.extend({ on: z.union([row, z.literal('raw')]), by: row })),
  measured: z.array(z.strictObject({ by: row, scans: z.array(measuredSchema) })),
  shift: z.array(shiftSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** What the tasks of a study have found so far. */
export interface Findings {
  readonly sets: Map<RowId, SetFacts>;
  readonly trainings: Map<RowId, TrainingFacts>;
  raw: RawFacts | null;
  readonly judgements: Report['judgements'];
  readonly measured: Report['measured'];
}

function shiftOf(model: RowId, judgements: Report['judgements']): Shift {
  const own = judgements.filter(({ by }) => by === model);
  const raw = own.find(({ on }) => on === 'raw')?.total;
  const others = own.filter(({ on }) => on !== 'raw' && on !== model);
  return {
    model,
    otherSets: mean(others.map(({ total }) => total.accuracy)),
    raw: raw?.accuracy ?? null,
    rawTwoClass: raw?.twoClassAccuracy ?? null,
  };
}

/** What is known so far, as the file has it. */
export function assemble(settings: StudySettings, rows: readonly RowId[], found: Findings): Report {
  const { raw, judgements, measured } = found;
  return reportSchema.parse({
    study: 'dataset-mix',
    settings,
    rows: rows.map((id) => ({
      id,
      label: labelOf(id),
      set: found.sets.get(id) ?? null,
      training: found.trainings.get(id) ?? null,
      paper: paper[id],
    })),
    raw,
    judgements,
    measured,
    shift: rows.filter((id) => found.trainings.has(id)).map((id) => shiftOf(id, judgements)),
  });
}
