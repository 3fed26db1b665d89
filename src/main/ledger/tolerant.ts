import { z } from 'zod';
import {
  errorCatalogue,
  errorCodeSchema,
  warningCatalogue,
  warningCodeSchema,
  type Problem,
  type Warning,
} from '@contract/errors';
import { insideOfPrinted, printedInsideSchema, printedWitnessSchema } from '@contract/printed-inside';
import { recordedFormatSchema, reductionMethodSchema, type VerdictLine } from '@contract/scan';
import { defectClassSchema, doubtSchema, probabilitiesSchema, type Verdict } from '@contract/verdict';
import { lineOfPrinted, verdictOfPrinted, type PrintedVerdict } from '@contract/printed-line';
import { twoClasses } from '@vocabulary/classes';

/*
 * What the ledger's columns of JSON may hold: schemas of the ledger's own, wider than the contract's. Another version may have written
 * them, so that unknown fields are passed over, and an unknown word becomes one that this version can show and export. What is read
 * always passes the contract's strict schemas; what is stored stays as it was until it is changed here (`row.ts`).
 */

/** A field that is left out where this version makes nothing of it. */
const maybe = <T extends z.ZodType>(inner: T) => inner.optional().catch(undefined);

/** The members of a list that this version knows. */
const known = <T extends z.ZodType>(item: T) =>
  z.array(z.unknown()).transform((all) =>
    all.flatMap((each): z.output<T>[] => {
      const parsed = item.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    }),
  );

const text = z.string();
const share = z.number().transform((value) => Math.min(1, Math.max(0, value)));
const triple = z.tuple([z.int(), z.int(), z.int()]);

export const storedProblem = z
  .object({ code: text, message: text.catch('') })
  .transform(({ code, message }): Problem => {
    const mine = errorCodeSchema.safeParse(code);
    if (mine.success) return { code: mine.data, message };
    return {
      code: 'of-another-version',
      message: message || `${errorCatalogue['of-another-version'].happened} (${code})`,
    };
  });

export const storedWarning = z
  .object({ code: text, message: text.catch('') })
  .transform(({ code, message }): Warning => {
    const mine = warningCodeSchema.safeParse(code);
    if (mine.success) return { code: mine.data, message };
    return { code: 'of-another-version', message: message || `${warningCatalogue['of-another-version']} (${code})` };
  });

export const storedWarnings = known(storedWarning);

export const storedClass = defectClassSchema;

const storedOpinion = z.object({ model: text, hash: text, class: z.enum(twoClasses), defective: share });

/** Of the classes that this version knows, in the order in which they were written. */
const storedProbabilities = z
  .record(text, z.unknown())
  .transform((all) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => {
        const [name, p] = [storedClass.safeParse(key), share.safeParse(value)];
        return name.success && p.success ? [[name.data, p.data] as const] : [];
      }),
    ),
  )
  .pipe(probabilitiesSchema);

/** Fails where its class is none of this version's: a verdict that cannot be told is none. */
const storedPrintedVerdict: z.ZodType<PrintedVerdict> = z
  .object({
    class: storedClass,
    defective: share,
    probabilities: storedProbabilities,
    /** Never surer than what is written. */
    sure: z.boolean().catch(false),
    doubts: maybe(known(doubtSchema)),
    settled: maybe(known(doubtSchema)),
    beside: maybe(storedOpinion),
    inside: maybe(printedWitnessSchema),
    novelty: maybe(z.number().min(0)),
    early: maybe(z.boolean()),
  })
  .refine(({ class: named, probabilities }) => probabilities[named] !== undefined);

export const storedVerdict: z.ZodType<Verdict> = storedPrintedVerdict.transform(verdictOfPrinted);

export const storedModel = z.object({ name: text, hash: text });

const storedReduction = z.object({
  method: reductionMethodSchema,
  frames: z.int(),
  peak: triple,
  q: maybe(z.number()),
  d_angstrom: maybe(z.number()),
  voxel_inv_angstrom: z.number(),
  oversampling: z.number(),
  oversampling_measured: maybe(z.number()),
  q_direction: maybe(z.tuple([z.number(), z.number(), z.number()])),
});

export const storedLine: z.ZodType<VerdictLine> = z
  .object({
    scan: text,
    source: text,
    format: recordedFormatSchema.catch('unknown'),
    state: z.enum(['classified', 'rejected', 'skipped', 'early']).catch('rejected'),
    verdict: maybe(storedPrintedVerdict),
    error: maybe(storedProblem),
    model: maybe(storedModel),
    engine: maybe(text),
    hkl: maybe(triple.nullable()),
    invisible: maybe(known(text)),
    reduction: maybe(storedReduction),
    timings_ms: maybe(z.record(text, z.number())),
    warnings: storedWarnings.catch([]),
    truth: maybe(storedClass),
  })
  .transform(lineOfPrinted);

export const storedGeometry = known(
  z.object({ name: text, value: text, from: z.enum(['file', 'preset', 'answer', 'assumed', 'computed']) }),
);

export const storedCurve = z.object({ motor: text, positions: z.array(z.number()), counts: z.array(z.number()) });

export const storedOverruled = z.object({ class: storedClass, by: text.min(1).max(60), at: z.iso.datetime() });

const short = text.max(80);

export const storedPosition = z.object({
  axes: z
    .array(z.object({ name: text.max(40), micrometres: z.number(), motors: z.array(short) }))
    .min(2)
    .max(3),
  readings: maybe(z.array(z.object({ motor: short, value: z.number(), unit: text.max(20) })).max(12)),
});

/** What a verdict was made from. */
export const storedMadeFrom = z.object({
  /** How the source looked from outside when it was listed, see `watch/signature`. */
  source: text,
  /** Frames judged, and frames the scan was to have. */
  frames: z.tuple([z.int(), z.int()]),
  /** Digest of what the source records of the scan; see `scan/fingerprint`. */
  facts: text,
  /** Likewise of some of its frames; null where they could not be read. */
  data: text.nullable(),
});

export type MadeFrom = z.infer<typeof storedMadeFrom>;

/** What phase retrieval showed within a crystal, and by which it is known what it was made from, see `inside/made-of`. */
export const storedInside = z.object({ madeFrom: text, opinion: printedInsideSchema.transform(insideOfPrinted) });

export type StoredInside = z.infer<typeof storedInside>;
