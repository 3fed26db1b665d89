import { z } from 'zod';
import { problemSchema, type Problem } from './errors';
import { answersSchema, presetSchema } from './geometry';
import { recipeCheckSchema, recipeDraftSchema, recipeRulesSchema, storedRecipeSchema } from './recipe';
import { scanDetailSchema, scanSummarySchema, volumeSchema } from './scan';
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

const nothing = z.void();
const scanId = z.strictObject({ id: z.string().min(1).max(200) });

export const watchStateSchema = z.strictObject({
  /** null: nothing is watched. */
  folder: z.string().nullable(),
  preset: z.string(),
  /** The folder is missing or cannot be read right now. */
  problem: problemSchema.nullable(),
});

export const appInfoSchema = z.strictObject({
  version: z.string(),
  shell: z.enum(['electron', 'web']),
  /** e.g. `onnx/cpu`; null while the engine starts or where none runs. */
  engine: z.string().nullable(),
  model: z
    .strictObject({ name: z.string(), hash: z.string(), provisional: z.boolean(), summary: z.string() })
    .nullable(),
  /** The web shell cannot open a native folder dialog. */
  canPickFolder: z.boolean(),
  demo: z.boolean(),
});

/** A standing alert; it disappears when its condition does. */
export const alertSchema = z.strictObject({ id: z.string(), problem: problemSchema });

/** Every request the screen can make: what goes in, what comes back. Unknown keys are refused. */
export const procedures = {
  'app/info': { input: nothing, output: appInfoSchema },
  'app/alerts': { input: nothing, output: z.array(alertSchema) },
  'scans/list': { input: nothing, output: z.array(scanSummarySchema) },
  'scans/detail': { input: scanId, output: scanDetailSchema },
  /** null where the scan has no volume (yet, or ever). */
  'scans/volume': { input: scanId, output: volumeSchema.nullable() },
  'scans/flag': { input: scanId.extend({ flagged: z.boolean() }), output: scanSummarySchema },
  'scans/note': { input: scanId.extend({ note: z.string().max(2000) }), output: scanSummarySchema },
  /** Reduce and judge again, e.g. after the geometry was corrected. */
  'scans/redo': { input: scanId, output: scanSummarySchema },
  /** Counts, shares and the next candidates among some scans. */
  'screening/report': { input: screeningRequestSchema, output: screeningSchema },
  'watch/state': { input: nothing, output: watchStateSchema },
  'watch/start': {
    input: z.strictObject({ folder: z.string().min(1).max(4096), preset: z.string() }),
    output: watchStateSchema,
  },
  'watch/stop': { input: nothing, output: watchStateSchema },
  /** Opens the native dialog; null where the user cancels or there is none. */
  'watch/pick-folder': { input: nothing, output: z.string().nullable() },
  'presets/list': { input: nothing, output: z.array(presetSchema) },
  'presets/save': { input: presetSchema, output: z.array(presetSchema) },
  'answers/get': { input: z.strictObject({ preset: z.string() }), output: answersSchema },
  'answers/set': { input: z.strictObject({ preset: z.string(), answers: answersSchema }), output: answersSchema },
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
} as const;

/** What the app tells the screen without being asked. */
export const events = {
  'scan-changed': scanSummarySchema,
  /** A file that could not be read became readable: the entry that said so is gone. */
  'scan-removed': scanId,
  'watch-changed': watchStateSchema,
  'alerts-changed': z.array(alertSchema),
  'info-changed': appInfoSchema,
  /** At most four times a second while a simulation runs. */
  'simulation-changed': simulationStateSchema,
} as const;

export type ProcedureName = keyof typeof procedures;
export type ProcedureInput<N extends ProcedureName> = z.input<(typeof procedures)[N]['input']>;
export type ProcedureOutput<N extends ProcedureName> = z.output<(typeof procedures)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

export type WatchState = z.infer<typeof watchStateSchema>;
export type AppInfo = z.infer<typeof appInfoSchema>;
export type Alert = z.infer<typeof alertSchema>;

/** How every reply crosses: never a thrown error, whose code Electron and sockets would lose. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

/** The use cases behind the contract; both shells serve this one object. */
export type Handlers = {
  readonly [N in ProcedureName]: (
    input: z.output<(typeof procedures)[N]['input']>,
  ) => ProcedureOutput<N> | Promise<ProcedureOutput<N>>;
};

/** Sends an event to every screen that listens. */
export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** The two functions of a connection (birpc): the screen calls `request`, the app calls `event`. */
export interface ServerFunctions {
  request(name: string, input?: unknown): Promise<Reply<unknown>>;
}
export interface ClientFunctions {
  event(name: string, payload: unknown): void;
}

/** Subprotocol and message codec are the transport's business; the path of the web shell's socket is the contract's. */
export const socketPath = '/rpc';
