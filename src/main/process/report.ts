import { inspect } from 'node:util';
import { BraggwatchError, messageOf, type Problem } from '@contract/errors';
import metadata from '../../../package.json' with { type: 'json' };
import { speltLines } from '@main/files/spelt';
import { appendToLog, logFile } from './log';

/** What was logged, so that an error on its way through several hands is logged once. */
const logged = new WeakMap<object, Problem>();
/** How often each mistake was met: one that comes back at every sweep must not push the others out of the log. */
const met = new Map<string, number>();
const MOST_MET = 500;
const MOST_CHARACTERS = 16_384;

/**
 * An error as a problem for the screen or a command. What is expected is told as it is; a mistake of ours is logged with its stack and
 * cause, and the problem names the log.
 * @param where what was being done, for whoever reads the log
 */
export function problemOf(error: unknown, where: string): Problem {
  return isExpected(error) ? error.toProblem() : log(error, where);
}

/** Says of what nobody caught, or nobody waited for, that it happened: whole in the log, in a line on stderr. */
export function report(error: unknown, where: string): Problem {
  const problem = log(error, where);
  process.stderr.write(`${speltLines(`${where}: ${problem.message}`)}\n`);
  return problem;
}

/** Work that nobody waits for; what goes wrong with it is reported. */
export const inBackground = (work: Promise<unknown>, where: string): void =>
  void work.catch((error: unknown) => report(error, where));

/**
 * Reports what nothing in this process caught.
 * @param then what becomes of the process: nothing it holds is certain after an exception, while a rejected promise harms its own work only
 */
export function catchStrays(where: string, then: (kind: 'exception' | 'rejection', problem: Problem) => void): void {
  process.on('uncaughtException', (error) => then('exception', report(error, where)));
  process.on('unhandledRejection', (reason) => then('rejection', report(reason, where)));
}

function log(error: unknown, where: string): Problem {
  const known = isObject(error) ? logged.get(error) : undefined;
  if (known) return known;
  const text = inspect(error, { depth: 4 }).slice(0, MOST_CHARACTERS);
  const place = write(text, where);
  const problem = told(error, place);
  if (isObject(error)) logged.set(error, problem);
  return problem;
}

/** What happened in a sentence, and where all of it stands. */
function told(error: unknown, place: string): Problem {
  if (error instanceof BraggwatchError) return { code: error.code, message: `${error.message} (${place})` };
  return new BraggwatchError('internal', [messageOf(error), place].filter(Boolean).join('; ')).toProblem();
}

/** @returns where it stands, or why it does not */
function write(text: string, where: string): string {
  const key = `${where} ${text}`;
  const times = (met.get(key) ?? 0) + 1;
  if (met.size >= MOST_MET) met.clear();
  met.set(key, times);
  const head = `${new Date().toISOString()} ${where} (process ${process.pid}, version ${metadata.version})`;
  try {
    if (times === 1) appendToLog(`${head}\n${text}\n\n`);
    // In full once, and then by tens, hundreds and so on.
    else if (/^10+$/.test(String(times))) appendToLog(`${head}, met ${times} times\n${text.split('\n', 1)[0]}\n\n`);
    return `log: ${logFile()}`;
  } catch (failure) {
    process.stderr.write(`${head}\n${text}\n`);
    return `no log: ${messageOf(failure)}`;
  }
}

/** Also one that another process made a problem of, and so logged: made from that, it has no detail of its own. */
const isExpected = (error: unknown): error is BraggwatchError =>
  error instanceof BraggwatchError && (error.code !== 'internal' || error.detail === '');

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
