import { z } from 'zod';
import { problemSchema } from './errors';
import { defectClassSchema } from './verdict';

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
    .strictObject({
      name: z.string(),
      hash: z.string(),
      provisional: z.boolean(),
      summary: z.string(),
      /** What it tells, in its card's order. */
      classes: z.array(defectClassSchema),
    })
    .nullable(),
  /** The web shell cannot open a native folder dialog. */
  canPickFolder: z.boolean(),
  /** Whoever has this screen may have the app open folders beyond those it was started with. */
  canOpenFolders: z.boolean().optional(),
  demo: z.boolean(),
  /** This screen may look at everything and change nothing. */
  readOnly: z.boolean(),
});

/** A standing alert; it disappears when its condition does. */
export const alertSchema = z.strictObject({ id: z.string(), problem: problemSchema });

export type WatchState = z.infer<typeof watchStateSchema>;
export type AppInfo = z.infer<typeof appInfoSchema>;
export type Alert = z.infer<typeof alertSchema>;
