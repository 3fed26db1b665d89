import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '@main/app';
import { isFinal } from '@main/beamtime/rows';
import { createDemo } from '@main/app/demo-app';
import { nodeLauncher } from '@main/process/launcher';
import { keepLogIn } from '@main/process/log';
import { complain, EXIT, formatLine, print } from './output';
import { interrupted, openWebShell } from './serve';

export interface DemoCommandOptions {
  readonly headless?: boolean;
  readonly folder?: string;
  readonly speed: number;
  readonly port: number;
}

/**
 * `demo`: a short beamtime with simulated raw scans of known truth. Without `--headless` the app is served and stays;
 * with it the verdict lines are printed and the command ends once every scan is judged.
 */
export async function demo(options: DemoCommandOptions): Promise<number> {
  const headless = options.headless ?? false;
  const tally = { judged: 0, against: 0 };
  const { app, folder, home } = createDemo({
    launcher: nodeLauncher,
    shell: 'web',
    ...(options.folder && { base: options.folder }),
    onLine(line) {
      if (line.state === 'early') return;
      if (line.verdict) tally.judged++;
      if (line.verdict && line.verdict.class !== line.truth) tally.against++;
      if (headless) print(formatLine(line, true));
    },
  });
  keepLogIn(home);
  complain(`Simulated scans arrive in ${folder}`);
  const server = headless ? undefined : await openWebShell(app, home, options.port);
  const stopped = interrupted();
  const played = app.playDemo(headless ? Infinity : options.speed).then(() => settled(app));
  await Promise.race([headless ? played : stopped, stopped]);
  // What the list of jobs shows as failed need not end the app; what is asked of a closed one does not matter.
  played.catch(() => undefined);
  await server?.close();
  await app.close();
  complain(`${tally.judged} scans judged, ${tally.against} against the truth put in`);
  return EXIT.done;
}

/** Resolves once nothing waits to be judged, seen three times with a sweep in between: the last scan may not have been noticed yet. */
async function settled(app: RunningApp): Promise<void> {
  const done = (): boolean => {
    const rows = app.rows.all();
    return rows.length > 0 && app.queue.size === 0 && rows.every((row) => isFinal(row) || row.problem !== null);
  };
  for (let seen = 0; seen < 3; seen = done() ? seen + 1 : 0) await sleep(1000);
}
