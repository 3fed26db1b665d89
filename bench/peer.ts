import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folders of the peers' scripts: `BRAGGWATCH_PEERS`, or beside the checkout; then our own. */
const peers = (): string[] => [
  process.env['BRAGGWATCH_PEERS'] ?? resolve('..', 'shared', 'peers'),
  resolve('bench', 'peers'),
];

/** Debian's own Python: the first one on the PATH may not see Debian's packages. */
const interpreter = (script: string): string => (script.endsWith('.sh') ? '/bin/sh' : '/usr/bin/python3');

/** The folder that a peer's script lies in; undefined where none has it. */
export const peerFolder = (script: string): string | undefined =>
  peers().find((folder) => existsSync(join(folder, script)));

/**
 * Runs a peer's script, Python or shell, and returns the JSON line it prints.
 * @param cwd folder it runs in
 * @returns that line; `skipped` says why, where the peer or what it needs is not here
 */
export function runPeer(script: string, args: readonly string[], cwd = '.'): Record<string, unknown> {
  const folder = peerFolder(script);
  if (folder === undefined) return { skipped: `no ${script} in ${peers().join(' or ')}` };
  try {
    const out = execFileSync(interpreter(script), [join(folder, script), ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  } catch (error) {
    return { skipped: error instanceof Error ? (error.message.split('\n').at(-2) ?? error.message) : String(error) };
  }
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
