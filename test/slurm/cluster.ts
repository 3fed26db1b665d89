import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface LocalCluster {
  /** For `SLURM_CONF`. */
  readonly configuration: string;
  stop(): Promise<void>;
}

const script = new URL('../../scripts/slurm-local.mjs', import.meta.url).pathname;

/** A real Slurm on this machine, or why there can be none. */
export async function startCluster(): Promise<LocalCluster | string> {
  const child = spawn(process.execPath, [script], { stdio: 'pipe' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const ready = new Promise<string | undefined>((resolve) => {
    createInterface(child.stdout).on('line', (line) => resolve(/^ready export SLURM_CONF=(.*)$/.exec(line)?.[1]));
  });
  const configuration = await Promise.race([ready, gone.then(() => undefined)]);
  if (configuration) {
    return {
      configuration,
      stop: async () => {
        child.stdin.end();
        await gone;
      },
    };
  }
  const reason = /^skipped: (.*)$/m.exec(said)?.[1];
  if (reason) return reason;
  throw new Error(`the local Slurm did not start: ${said}`);
}
