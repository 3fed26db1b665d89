import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from './folder';
import { targets } from './fuzz/cases';

const newFolder = temporaryFolders();
/** By command more: `BRAGGWATCH_MUTATIONS=80000 npx vitest run test/main/scan/fuzz.test.ts` is a million in all. */
const ROUNDS = Number(process.env['BRAGGWATCH_MUTATIONS'] ?? 300);
const SEED = 54;
/** A round takes milliseconds; a process that says nothing for this long is looping inside HDF5. */
const SILENCE_MS = 4000;
/** Before its first word it loads the whole program, which takes a busy machine long. */
const START_MS = 60_000;
const folder = join(import.meta.dirname, 'fuzz');

interface Run {
  /** `read` or `refused` by round. */
  readonly outcomes: ReadonlyMap<number, string>;
  readonly intact: string | undefined;
  readonly hung: boolean;
  readonly errors: string;
}

/** Runs rounds from `from` on, in a process of their own, until they are done or it ends or hangs. */
function run(name: string, from: number): Promise<Run> {
  const args = [
    '--import',
    join(folder, 'hooks.mjs'),
    join(folder, 'child.ts'),
    name,
    newFolder(),
    String(SEED),
    String(from),
    String(ROUNDS),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const outcomes = new Map<number, string>();
  let intact: string | undefined;
  let errors = '';
  let hung = false;
  const kill = (): void => {
    hung = true;
    child.kill('SIGKILL');
  };
  let watchdog = setTimeout(kill, START_MS);
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  createInterface(child.stdout).on('line', (line) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(kill, SILENCE_MS);
    const [round = '', outcome = ''] = line.split(' ');
    if (round === 'intact') intact = outcome;
    else outcomes.set(Number(round), outcome);
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(watchdog);
      resolve({ outcomes, intact, hung, errors });
    });
  });
}

describe.each(targets.map(([name]) => name))('damaged %s', (name) => {
  it(`is read or refused with a code, ${ROUNDS} times`, { timeout: 800 * ROUNDS }, async () => {
    const outcomes = new Map<number, string>();
    let hung = 0;
    for (let from = 0; from < ROUNDS;) {
      const { intact, errors, ...part } = await run(name, from);
      // Emscripten says so itself when a damaged size asks for more than its 2 GiB; HDF5 then fails as it should.
      const unexpected = errors.split('\n').filter((line) => line !== '' && !line.startsWith('Cannot enlarge memory'));
      expect([intact, unexpected]).toEqual(['read', []]);
      for (const [round, outcome] of part.outcomes) outcomes.set(round, outcome);
      from = Math.max(from, ...[...part.outcomes.keys()].map((round) => round + 1));
      if (part.hung) {
        hung++;
        from++;
      }
    }
    expect(new Set(outcomes.values())).toEqual(new Set(['read', 'refused']));
    expect(outcomes.size + hung).toBe(ROUNDS);
    // HDF5's own loops, in its global heap; the scan process is replaced when it is silent for too long.
    expect(hung).toBeLessThan(ROUNDS / 50);
  });
});
