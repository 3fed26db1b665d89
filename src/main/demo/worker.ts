import { serveWorker } from '../process/serve-worker';
import { playBeamtime } from './play';

// The demo's beamline in a process of its own: simulating takes a core, and the app must stay responsive beside it.

const parent = process.ppid;

const functions = {
  /** Plays the demo beamtime into a folder; see {@link playBeamtime}. */
  play: (folder: string, options: { seed?: number; speed?: number } = {}): Promise<void> =>
    // After a `kill -9` of the app this process lives until it next listens; by then a restarted app may be playing already.
    playBeamtime(folder, { ...options, mayWrite: () => process.ppid === parent }),
};

export type DemoWorkerFunctions = typeof functions;

serveWorker('demo-worker', functions);
