import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { longRun, type Piece } from '../../fault/support/long-run';
import { processorMs } from '../../support/processes';
import { temporaryFolders } from './folder';
import { targets } from './fuzz/cases';

const newFolder = temporaryFolders();
/** By command more, in pieces: `BRAGGWATCH_MUTATIONS=80000 BRAGGWATCH_RUNS=runs npx vitest run test/main/scan/fuzz.test.ts` is a million in all. */
const ROUNDS = Number(process.env['BRAGGWATCH_MUTATIONS'] ?? 300);
/** Emscripten says so itself when a damaged size asks for more memory than there is to be; HDF5 then fails as it should. */
const NO_MEMORY = /^(?:Cannot enlarge memory|growMemory: Attempted to grow heap|Failed to grow the heap)/;
/** Rounds of one process. */
const PIECE = 1000;
/** What any input may take, and what listing it may, MB; the process itself, with HDF5 loaded, has some 150. */
const [MOST_MB, MOST_LISTING_MB] = [1000, 300];
const SEED = 54;
/**
 * A round takes milliseconds; a process that says nothing for this long is looping inside HDF5. What it has worked counts, not what it has
 * waited on a busy machine, until that is too long as well.
 */
const [SILENCE_MS, WAITING_MS] = [4000, 120_000];
/** Before its first word it loads the whole program, which takes a busy machine long. */
const START_MS = 300_000;
const folder = join(import.meta.dirname, 'fuzz');

interface Run {
  /** `read` or `refused` by round. */
  readonly outcomes: ReadonlyMap<number, string>;
  readonly intact: string | undefined;
  readonly hung: boolean;
  readonly errors: string;
  /** What took more memory than anything may. */
  readonly heavy: readonly string[];
}

/** Runs rounds from `from` on, in a process of their own, until they are done or it ends or hangs. */
function run(name: string, from: number, to: number): Promise<Run> {
  const args = [
    '--import',
    join(folder, 'hooks.mjs'),
    join(folder, 'child.ts'),
    name,
    newFolder(),
    String(SEED),
    String(from),
    String(to),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const outcomes = new Map<number, string>();
  let intact: string | undefined;
  let errors = '';
  let hung = false;
  const heavy: string[] = [];
  const worked = (): number => processorMs(child.pid ?? 0) ?? Date.now();
  let [heard, workedThen, started] = [Date.now(), 0, false];
  const watchdog = setInterval(() => {
    const waited = Date.now() - heard;
    if (started ? worked() - workedThen < SILENCE_MS && waited < WAITING_MS : waited < START_MS) return;
    hung = true;
    child.kill('SIGKILL');
  }, 250);
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  createInterface(child.stdout).on('line', (line) => {
    [heard, workedThen, started] = [Date.now(), worked(), true];
    const [round = '', outcome = '', listing = '', peak = ''] = line.split(' ');
    if (Number(listing) > MOST_LISTING_MB || Number(peak) > MOST_MB) heavy.push(`memory, ${line}`);
    if (round === 'intact') intact = outcome;
    else outcomes.set(Number(round), outcome);
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      clearInterval(watchdog);
      resolve({ outcomes, intact, hung, errors, heavy });
    });
  });
}

/** Rounds [from, to) in as many processes as it takes. */
async function rounds(name: string, from: number, to: number): Promise<Piece> {
  const wrong: string[] = [];
  const met = new Set<string>();
  for (let at = from; at < to;) {
    const { intact, errors, heavy, hung, outcomes } = await run(name, at, to);
    const unexpected = errors.split('\n').filter((line) => line !== '' && !NO_MEMORY.test(line));
    if (intact !== 'read') wrong.push(`the undamaged file is ${intact ?? 'not reached'}`);
    wrong.push(...unexpected, ...heavy);
    for (const outcome of outcomes.values()) met.add(outcome);
    const before = at;
    at = Math.max(at, ...[...outcomes.keys()].map((round) => round + 1));
    // HDF5's own loops, in its global heap; the scan process is replaced when it is silent for too long.
    if (hung) met.add(`hung at ${at++}`);
    if (at === before) {
      wrong.push(`ended at ${at}`);
      at++;
    }
  }
  return { wrong, met: [...met] };
}

describe.each(targets.map(([name]) => name))('damaged %s', (name) => {
  it(`is read or refused with a code, in bounded memory, ${ROUNDS} times`, { timeout: 800 * ROUNDS }, async () => {
    const pieces = Math.ceil(ROUNDS / PIECE);
    const { done, wrong, met } = await longRun(`mutations of ${name}`, pieces, (n) =>
      rounds(name, (n - 1) * PIECE, Math.min(n * PIECE, ROUNDS)),
    );
    expect(wrong).toEqual([]);
    expect(done).toBe(pieces);
    const hung = [...met].filter((what) => what.startsWith('hung'));
    expect([...met].filter((what) => !hung.includes(what)).sort()).toEqual(['read', 'refused']);
    expect(hung.length).toBeLessThan(ROUNDS / 50);
  });
});
