import { spawnSync } from 'node:child_process';
import { builtCli, temporaryFolder } from './build';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command with a ledger of its own. */
export function runCli(args: readonly string[], home = temporaryFolder()): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli, ...args], {
    encoding: 'utf8',
    env: { ...process.env, BRAGGWATCH_HOME: home },
  });
  return { code: status, out: stdout, err: stderr };
}
