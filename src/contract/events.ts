import { z } from 'zod';
import { adaptingStateSchema } from './adapting';
import { alertSchema, appInfoSchema, watchStateSchema } from './app';
import { insideStateSchema } from './inside';
import { jobSchema } from './jobs';
import { occlusionStateSchema } from './occlusion';
import { scanIdSchema, scanSummarySchema } from './scan';
import { simulationStateSchema } from './simulation';
import { modelShelfSchema, trainingStateSchema } from './training';

/** What the app tells the screen without being asked. */
export const events = {
  'scan-changed': scanSummarySchema,
  /** A file that could not be read became readable: the entry that said so is gone. */
  'scan-removed': scanIdSchema,
  'watch-changed': watchStateSchema,
  'alerts-changed': z.array(alertSchema),
  'info-changed': appInfoSchema,
  /** At most four times a second. */
  'jobs-changed': z.array(jobSchema),
  /** At most four times a second while a verdict is explained. */
  'occlusion-changed': occlusionStateSchema,
  /** Of one scan, at most four times a second while it is looked into, and as each retrieval comes in. */
  'inside-changed': insideStateSchema,
  /** At most four times a second while a simulation runs. */
  'simulation-changed': simulationStateSchema,
  /** Likewise while a training runs. */
  'training-changed': trainingStateSchema,
  /** Likewise while a network is made for this beamtime. */
  'adapting-changed': adaptingStateSchema,
  /** After every epoch, and when another model makes the verdicts. */
  'models-changed': modelShelfSchema,
} as const;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** Sends an event to every screen that listens. */
export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void;
