import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { printedLine } from '@contract/printed-line';
import type { VerdictLine } from '@contract/scan';
import { isDiskFull } from '@main/files/writing';
import { speltLines } from '@main/files/spelt';
import { verdictText } from './verdict-text';

/** Exit codes of every command (DESIGN section 6). */
export const EXIT = { done: 0, internal: 1, usage: 2, badInput: 3, someFailed: 4 } as const;

/**
 * How a command ends that goes through many scans.
 * @throws BraggwatchError scan-empty, scan-not-found where it met none
 */
export function exitOf(
  { done, failed }: { readonly done: number; readonly failed: number },
  paths: readonly string[],
  scan: number | undefined,
): number {
  if (done + failed === 0) {
    throw scan === undefined
      ? new BraggwatchError('scan-empty', paths.join(', '))
      : new BraggwatchError('scan-not-found', `no scan ${scan} in ${paths.join(', ')}`);
  }
  if (failed === 0) return EXIT.done;
  return done > 0 ? EXIT.someFailed : EXIT.badInput;
}

/**
 * What becomes of a command whose reader has gone, as `head` does once it has its lines: it ends, and says nothing of it. One that stays up
 * goes on without: its verdicts are kept.
 */
export function bearGoneReader(staysUp: boolean): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!staysUp) process.exit(EXIT.done);
    });
  }
}

export const print = (text: string): void => void process.stdout.write(`${speltLines(text)}\n`);
export const complain = (text: string): void => void process.stderr.write(`${speltLines(text)}\n`);
/** Says what went wrong, or was assumed, by its code and its message. */
export const complainOf = ({ code, message }: { readonly code: string; readonly message: string }): void =>
  complain(`${code}: ${message}`);

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;
/** A time to wait, in the unit that one would say it in. */
export const span = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : hours(seconds);

/**
 * Writes a command's --out file.
 * @throws BraggwatchError disk-full, path-missing, file-refused
 */
export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (cause) {
    const isMissing = !existsSync(dirname(path));
    const why = cause instanceof Error ? cause.message : path;
    throw new BraggwatchError(isDiskFull(cause) ? 'disk-full' : isMissing ? 'path-missing' : 'file-refused', why, {
      cause,
    });
  }
}

/** A verdict line: one JSON object, or what people read. */
export const formatLine = (line: VerdictLine, json: boolean): string =>
  json ? JSON.stringify(printedLine(line)) : verdictText(line);
