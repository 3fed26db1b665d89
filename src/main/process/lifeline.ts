import { Worker } from 'node:worker_threads';
import { inBackground } from './report';

/** Where a process that was started by another finds who that was. */
export const PARENT_VARIABLE = 'BRAGGWATCH_PARENT';

const LOOK_MS = 1000;

/**
 * Ends this process when the one that started it is gone. Told by the channel between them where it has a moment to listen; one that
 * hangs in native code has none, so that a thread of its own looks whose child it is.
 */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit(0));
  // Under Electron children come from a process of its own, which ends with it.
  const parent = Number(process.env[PARENT_VARIABLE] ?? process.ppid);
  const thread = new Worker(watch, { eval: true, workerData: parent, resourceLimits: { maxOldGenerationSizeMb: 8 } });
  thread.on('error', (error) => inBackground(Promise.reject(error), 'looking after the parent'));
  thread.unref();
}

/** The thread's whole program: it is not bundled, because it must run wherever a worker does. */
const watch = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
  }, ${LOOK_MS});
`;
