import { z } from 'zod';
import { adaptingStateSchema, likenessSchema } from './adapting';
import { alertSchema, appInfoSchema, watchStateSchema } from './app';
import { exportedFileSchema, exportRequestSchema } from './export';
import { answersSchema, presetSchema } from './geometry';
import { geometryOutlookSchema } from './geometry-outlook';
import { occlusionStateSchema } from './occlusion';
import { insidePictureSchema, insideStateSchema } from './inside';
import { jobRequestSchema, jobSchema } from './jobs';
import { particleSchema, regroupedSchema, regroupingSchema } from './particle';
import { lookAlikesSchema } from './look-alikes';
import { repeatsSumSchema } from './repeats';
import { recipeCheckSchema, recipeDraftSchema, recipeRulesSchema, storedRecipeSchema } from './recipe';
import { detectorFrameSchema, frameAreaSchema } from './detector-frame';
import { planSchema, scanDetailSchema, scanIdSchema, scanSummarySchema } from './scan';
import { overruledSchema } from './verdict';
import { volumeSchema } from './volume';
import { screeningRequestSchema, screeningSchema } from './screening';
import {
  crystalPreviewSchema,
  folderPath,
  patternPreviewSchema,
  previewRequestSchema,
  setFolderSchema,
  simulationStateSchema,
  workerCount,
} from './simulation';
import {
  modelShelfSchema,
  trainingCheckSchema,
  trainingFormSchema,
  trainingRequestSchema,
  trainingStateSchema,
} from './training';

const nothing = z.void();

/** So many folders are offered for what was typed of a path. */
export const MOST_COMPLETED = 40;

/** Every request the screen can make: what goes in, what comes back. Unknown keys are refused. */
export const procedures = {
  'app/info': { input: nothing, output: appInfoSchema },
  /** What to put behind the app's address for a colleague, who may then look and change nothing; null where nothing is served. */
  'app/share': { input: nothing, output: z.strictObject({ path: z.string() }).nullable() },
  'app/alerts': { input: nothing, output: z.array(alertSchema) },
  'scans/list': { input: nothing, output: z.array(scanSummarySchema) },
  'scans/detail': { input: scanIdSchema, output: scanDetailSchema },
  /** null where the scan has no volume (yet, or ever). */
  'scans/volume': { input: scanIdSchema, output: volumeSchema.nullable() },
  /** Simulated patterns most like it, by the model in use; null where the model has none. */
  'scans/look-alikes': { input: scanIdSchema, output: lookAlikesSchema.nullable() },
  /** The detector frame nearest to a Q, in 1/angstrom in the sample frame, or that of an index; then Q tells the pixel alone. */
  'scans/frame': {
    input: scanIdSchema.extend({
      q: z.tuple([z.number(), z.number(), z.number()]),
      area: frameAreaSchema,
      frame: z.int().min(0).optional(),
    }),
    output: detectorFrameSchema,
  },
  'scans/flag': { input: scanIdSchema.extend({ flagged: z.boolean() }), output: scanSummarySchema },
  'scans/note': { input: scanIdSchema.extend({ note: z.string().max(2000) }), output: scanSummarySchema },
  /**
   * A person's class beside the network's; null takes it back. Who and when are filled in where they are left out; they
   * are given to put back what was undone.
   */
  'scans/overrule': {
    input: scanIdSchema.extend({
      overruled: overruledSchema.partial({ by: true, at: true }).nullable(),
    }),
    output: scanSummarySchema,
  },
  /** What people mean to do about a particle; null takes it back. */
  'scans/plan': { input: scanIdSchema.extend({ plan: planSchema.nullable() }), output: scanSummarySchema },
  /** Reduce and judge again, e.g. after the geometry was corrected. */
  'scans/judge-again': { input: scanIdSchema, output: scanSummarySchema },
  /** Likewise many, behind what was just measured; those that were judged, that is. @returns how many */
  'scans/judge-all-again': {
    input: z.strictObject({ ids: z.array(z.string().min(1).max(200)).max(20_000) }),
    output: z.strictObject({ count: z.int() }),
  },
  /** Gives back the verdicts and results of before to all that were judged again together the last time. @returns how many */
  'scans/judge-all-undo': { input: nothing, output: z.strictObject({ count: z.int() }) },
  /** Everything that takes longer than a second, and what of it ended and was not dismissed. */
  'jobs/list': { input: nothing, output: z.array(jobSchema) },
  'jobs/act': { input: jobRequestSchema, output: z.array(jobSchema) },
  /** Plays the demo's beamtime into a folder of the app's own, and watches that. */
  'demo/play': { input: nothing, output: watchStateSchema },
  'occlusion/state': { input: nothing, output: occlusionStateSchema },
  /** Begins to map what the scan's verdict rests on; whatever was being explained is given up. */
  'occlusion/start': { input: scanIdSchema, output: occlusionStateSchema },
  /** Pauses this scan's occlusion map, if it is the one under way, and goes on with it where it was left. */
  'occlusion/pause': { input: scanIdSchema, output: occlusionStateSchema },
  'occlusion/resume': { input: scanIdSchema, output: occlusionStateSchema },
  /** Gives up this scan's occlusion map, if it is the one under way; what there is of it is kept. */
  'occlusion/stop': { input: scanIdSchema, output: occlusionStateSchema },
  /** How far the looking into a scan's crystal is; a final verdict's scan is looked into by itself when nothing waits to be judged. */
  'inside/state': { input: scanIdSchema, output: insideStateSchema },
  /** Looks into a scan's crystal before all others; nothing where that was done already. */
  'inside/begin': { input: scanIdSchema, output: insideStateSchema },
  /** Gives up the looking into a scan's crystal; it is not begun by itself again before its next verdict. */
  'inside/cancel': { input: scanIdSchema, output: insideStateSchema },
  /** What is within, as far as it is known; null before the first retrieval is done. */
  'inside/picture': { input: scanIdSchema, output: insidePictureSchema.nullable() },
  /** The ledger as a table, document, macro or report. */
  'export/make': { input: exportRequestSchema, output: exportedFileSchema },
  /** Asks in the native dialog where to keep an export, and writes it there; null where the user cancels. Desktop only. */
  'export/save': {
    input: exportRequestSchema.extend({ format: z.enum([...exportRequestSchema.shape.format.options, 'pdf']) }),
    output: z.string().nullable(),
  },
  /** A notification of the desktop's own. Desktop only. */
  'desktop/notify': {
    input: z.strictObject({ title: z.string().min(1).max(100), body: z.string().max(400) }),
    output: nothing,
  },
  /** A file or folder that was dropped onto the window: a folder is watched, a scan file is judged. */
  'files/drop': {
    input: z.strictObject({ path: z.string().min(1).max(4096) }),
    output: z.strictObject({ is: z.enum(['folder', 'scan']), path: z.string() }),
  },
  /** All scans of a scan's particle, and what they say together. */
  'particles/of': { input: scanIdSchema, output: particleSchema },
  /** Which scans are of one particle, as a person says. */
  'particles/regroup': { input: regroupingSchema, output: regroupedSchema },
  /** The sum of the repeats of a scan's reflection; null where none was made. */
  'repeats/of': { input: scanIdSchema, output: repeatsSumSchema.nullable() },
  /** Its volume. */
  'repeats/volume': { input: scanIdSchema, output: volumeSchema.nullable() },
  /** Lays the repeats of a scan's reflection upon each other, sums those that are alike, and judges the sum. */
  'repeats/sum': { input: scanIdSchema, output: repeatsSumSchema },
  /** Counts, shares and the next candidates among some scans. */
  'screening/report': { input: screeningRequestSchema, output: screeningSchema },
  'watch/state': { input: nothing, output: watchStateSchema },
  'watch/start': {
    input: z.strictObject({ folder: z.string().min(1).max(4096), preset: z.string() }),
    output: watchStateSchema,
  },
  'watch/stop': { input: nothing, output: watchStateSchema },
  /** Lets the app watch one more folder, after its owner was asked: one that the account it runs under may read. @returns its real path */
  'watch/allow': { input: z.strictObject({ folder: z.string().min(1).max(4096) }), output: z.string() },
  /** Folders whose paths begin so, of those that may be watched, to be chosen from while a path is typed. */
  'watch/complete': {
    input: z.strictObject({ beginning: z.string().max(4096) }),
    output: z.array(z.string()).max(MOST_COMPLETED),
  },
  /** Opens the native dialog; null where the user cancels or there is none. */
  'watch/pick-folder': { input: nothing, output: z.string().nullable() },
  'presets/list': { input: nothing, output: z.array(presetSchema) },
  'presets/save': { input: presetSchema, output: z.array(presetSchema) },
  'answers/get': { input: z.strictObject({ preset: z.string() }), output: answersSchema },
  'answers/set': { input: z.strictObject({ preset: z.string(), answers: answersSchema }), output: answersSchema },
  /** What a scan's files say of its geometry by one of the presets, what nobody says, and near which reflections its peak lies. */
  'geometry/outlook': { input: scanIdSchema.extend({ preset: z.string() }), output: geometryOutlookSchema },
  'recipes/list': { input: nothing, output: z.array(storedRecipeSchema) },
  'recipes/rules': { input: nothing, output: recipeRulesSchema },
  'recipes/check': { input: z.strictObject({ recipe: recipeDraftSchema }), output: recipeCheckSchema },
  /** Keeps a recipe under its own name, replacing the user's own of that name. */
  'recipes/save': { input: z.strictObject({ recipe: recipeDraftSchema }), output: storedRecipeSchema },
  'recipes/remove': { input: z.strictObject({ id: z.string().min(1).max(200) }), output: z.array(storedRecipeSchema) },
  /** null: a newer request came in between. */
  'preview/crystal': { input: previewRequestSchema, output: crystalPreviewSchema.nullable() },
  'preview/pattern': { input: previewRequestSchema, output: patternPreviewSchema.nullable() },
  'simulation/state': { input: nothing, output: simulationStateSchema },
  /** What a folder holds, before anything is started in it. */
  'simulation/look': {
    input: z.strictObject({ folder: folderPath, recipe: recipeDraftSchema }),
    output: setFolderSchema,
  },
  /** Makes the recipe's set in a folder, or goes on with it. */
  'simulation/start': {
    input: z.strictObject({ folder: folderPath, recipe: recipeDraftSchema, workers: workerCount }),
    output: simulationStateSchema,
  },
  /** Goes on with the set in a folder, by the recipe that lies in it. */
  'simulation/resume': {
    input: z.strictObject({ folder: folderPath, workers: workerCount }),
    output: simulationStateSchema,
  },
  'simulation/stop': { input: nothing, output: simulationStateSchema },
  /** Opens the native dialog; null where the user cancels or there is none. */
  'simulation/pick-folder': { input: nothing, output: z.string().nullable() },
  'training/state': { input: nothing, output: trainingStateSchema },
  'training/form': { input: nothing, output: trainingFormSchema },
  /** What is wrong with a training, before anything is started. */
  'training/check': { input: trainingRequestSchema, output: trainingCheckSchema },
  'training/start': { input: trainingRequestSchema, output: trainingStateSchema },
  /** Goes on with the unfinished training in a folder. */
  'training/resume': { input: z.strictObject({ folder: folderPath }), output: trainingStateSchema },
  'training/pause': { input: nothing, output: trainingStateSchema },
  /** Ends it with the best epoch so far. */
  'training/finish': { input: nothing, output: trainingStateSchema },
  /** Opens the native dialog for a data set; null where the user cancels or there is none. */
  'training/pick-folder': { input: nothing, output: z.string().nullable() },
  /** What the judged scans of the watched folder say of their crystals. */
  'adapting/likeness': { input: nothing, output: likenessSchema },
  'adapting/state': { input: nothing, output: adaptingStateSchema },
  /** Makes a network for crystals like those of the judged scans; goes on with one that was begun and has not ended, unless it is to be a new one. */
  'adapting/start': { input: z.strictObject({ anew: z.boolean() }), output: adaptingStateSchema },
  /** Ends it for now: what is whole of it stays. */
  'adapting/stop': { input: nothing, output: adaptingStateSchema },
  'models/list': { input: nothing, output: modelShelfSchema },
  /** Makes verdicts with a model that is listed. */
  'models/use': { input: z.strictObject({ id: folderPath }), output: modelShelfSchema },
  /** Shows a folder's model or training in the list from now on. */
  'models/add': { input: z.strictObject({ folder: folderPath }), output: modelShelfSchema },
} as const;

/** What a read-only screen may ask: whatever is not named here is refused to it. */
export const readingProcedures: readonly (keyof typeof procedures)[] = [
  'app/info',
  'app/alerts',
  'scans/list',
  'scans/detail',
  'scans/volume',
  'particles/of',
  'repeats/of',
  'repeats/volume',
  'jobs/list',
  'scans/look-alikes',
  'occlusion/state',
  'inside/state',
  'inside/picture',
  'export/make',
  'watch/state',
  'presets/list',
  'answers/get',
  'geometry/outlook',
  'recipes/list',
  'recipes/rules',
  'recipes/check',
  'simulation/state',
];

export type ProcedureName = keyof typeof procedures;
export type ProcedureInput<N extends ProcedureName> = z.input<(typeof procedures)[N]['input']>;
export type ProcedureOutput<N extends ProcedureName> = z.output<(typeof procedures)[N]['output']>;

/** The use cases behind the contract; both shells serve this one object. */
export type Handlers = {
  readonly [N in ProcedureName]: (
    input: z.output<(typeof procedures)[N]['input']>,
  ) => ProcedureOutput<N> | Promise<ProcedureOutput<N>>;
};
