import { spawnSync } from 'node:child_process';
import { builtCli, temporaryFolder } from './build';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the built command with a ledger of its own.
 * @param cwd folder to run it in
 */
export function runCli(args: readonly string[], home = temporaryFolder(), cwd = process.cwd()): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli, ...args], {
    encoding: 'utf8',
    cwd,
    env: { ...process.env, BRAGGWATCH_HOME: home },
  });
  return { code: status, out: stdout, err: stderr };
}
