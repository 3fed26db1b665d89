import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, type RunningApp } from '@main/app';
import { isFinal } from '@main/app/rows';
import type { DemoWorkerFunctions } from '@main/demo/worker';
import { nodeLauncher } from '@main/process/launcher';
import { createWorker } from '@main/process/worker';
import { interrupted, openWebShell } from './serve';
import { complain, EXIT, formatLine, print } from './output';

export interface DemoCommandOptions {
  readonly headless?: boolean;
  readonly folder?: string;
  readonly speed: number;
  readonly port: number;
}

const PLAY_TIMEOUT_MS = 3_600_000;

/**
 * `demo`: a short beamtime with simulated raw scans of known truth. Without `--headless` the app is served and stays;
 * with it the verdict lines are printed and the command ends once every scan is judged.
 */
export async function demo(options: DemoCommandOptions): Promise<number> {
  const base = options.folder ? resolve(options.folder) : mkdtempSync(join(tmpdir(), 'braggwatch-demo-'));
  const folder = join(base, 'RAW_DATA');
  mkdirSync(folder, { recursive: true });
  const headless = options.headless ?? false;
  let disagreements = 0;
  const app = createApp({
    launcher: nodeLauncher,
    home: join(base, 'braggwatch'),
    shell: 'web',
    demo: true,
    watch: { folder },
    roots: [base],
    onLine(line) {
      if (line.state === 'early') return;
      if (line.verdict && line.truth && line.verdict.class !== line.truth) disagreements++;
      if (headless) print(formatLine(line, true));
    },
  });
  complain(`Simulated scans arrive in ${folder}`);
  const server = headless ? undefined : await openWebShell(app, join(base, 'braggwatch'), options.port);
  const player = createWorker<DemoWorkerFunctions>(nodeLauncher, 'demo-worker', { timeoutMs: PLAY_TIMEOUT_MS });
  const stopped = interrupted();
  const played = player.call('play', folder, { speed: headless ? Infinity : options.speed }).then(() => settled(app));
  await Promise.race([headless ? played : stopped, stopped]);
  player.close();
  await server?.close();
  await app.close();
  if (headless) complain(`${app.rows.all().length} scans judged, ${disagreements} against the truth put in`);
  return EXIT.done;
}

/** Resolves once every scan in the ledger is judged for good, and at least one is there. */
async function settled(app: RunningApp): Promise<void> {
  const done = (): boolean => {
    const rows = app.rows.all();
    return rows.length > 0 && rows.every(isFinal) && app.queue.size === 0;
  };
  // Twice in a row, with a sweep in between: the last scan may not have been noticed yet.
  for (let calm = 0; calm < 3; calm = done() ? calm + 1 : 0) await sleep(1000);
}
