import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';

const ownerSchema = z.object({ process: z.number(), what: z.string(), since: z.string() });

/** One that is just ending gives its home free in a moment. */
const WAIT_MS = 3000;
const BUSY = 5;

/**
 * Takes a home for this process alone: two that watch with one ledger would judge every scan twice. The lock is SQLite's, on a file of its
 * own, so that the system gives it free however the process ends.
 * @param what this process is, for whoever finds the home taken
 * @returns gives it free
 * @throws BraggwatchError home-in-use, which says by whom; home-unwritable
 */
export function takeHome(home: string, what: string): () => void {
  const told = join(home, 'owner.json');
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK | constants.X_OK);
    lock = new DatabaseSync(join(home, 'owner.lock'), { timeout: WAIT_MS });
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(told, JSON.stringify({ process: process.pid, what, since: new Date().toISOString() }), {
      mode: 0o600,
    });
  } catch (cause) {
    lock?.close();
    const busy = cause instanceof Error && 'errcode' in cause && (Number(cause.errcode) & 0xff) === BUSY;
    if (busy) throw new BraggwatchError('home-in-use', `${home}: ${ownerOf(told)}`, { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BraggwatchError('home-unwritable', `${home}: ${why}`, { cause });
  }
  const held = lock;
  return () => held.close();
}

function ownerOf(path: string): string {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return `process ${owner.process} (${owner.what}), since ${owner.since}`;
  } catch {
    return 'another process';
  }
}
