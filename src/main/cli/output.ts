import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { wholeProbability } from '@contract/percent';
import type { VerdictLine } from '@contract/scan';

/** Exit codes of every command (DESIGN section 6). */
export const EXIT = { done: 0, internal: 1, usage: 2, badInput: 3, someFailed: 4 } as const;

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const complain = (text: string): void => void process.stderr.write(`${text}\n`);
/** Says what went wrong, or was assumed, by its code and its message. */
export const complainOf = ({ code, message }: { readonly code: string; readonly message: string }): void =>
  complain(`${code}: ${message}`);

const hours = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;
/** A time to wait, in the unit that one would say it in. */
export const span = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : hours(seconds);

/**
 * Writes a command's --out file.
 * @throws BraggwatchError disk-full, path-missing
 */
export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (cause) {
    const full = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
    throw new BraggwatchError(full ? 'disk-full' : 'path-missing', path, { cause });
  }
}

/** A verdict line: one JSON object, or one line for people. */
export function formatLine(line: VerdictLine, json: boolean): string {
  if (json) return JSON.stringify(line);
  const where = `${line.scan}  ${basename(line.source)}`;
  if (line.error) return `${where}  ${line.state}: ${line.error.message}`;
  if (!line.verdict || !line.reduction) return `${where}  ${line.state}`;
  const { verdict, reduction } = line;
  const named = `${verdict.class}${verdict.sure ? '' : ' (unsure)'}${verdict.early ? ' (early)' : ''}`;
  const truth = line.truth ? `  truth: ${line.truth}` : '';
  const shares = Object.entries(verdict.probabilities)
    .map(([name, p]) => `${name} ${wholeProbability(p)}`)
    .join(', ');
  const { beside } = verdict;
  const opinion = beside ? `  ${beside.model}: ${beside.class}, ${wholeProbability(beside.defective)} defective` : '';
  return `${where}  ${named}  [${shares}]${opinion}  d ${reduction.d_angstrom.toFixed(3)} A  ${line.warnings.length} warnings${truth}`;
}
