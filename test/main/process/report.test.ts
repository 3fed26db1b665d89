import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { BraggwatchError, fromProblem } from '@contract/errors';
import { keepLogIn, logFile } from '@main/process/log';
import { inBackground, problemOf, report } from '@main/process/report';
import { createWorker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { builtCli, builtLauncher, eventually, temporaryFolder } from '../../support/build';

const former = process.env['BRAGGWATCH_LOGS'];
afterEach(() => {
  process.env['BRAGGWATCH_LOGS'] = former;
  vi.restoreAllMocks();
});

function newHome(): string {
  const home = temporaryFolder();
  keepLogIn(home);
  return home;
}
const read = (): string => readFileSync(logFile(), 'utf8');
const logs = (home: string): string[] => readdirSync(join(home, 'logs'));
const quiet = () => vi.spyOn(process.stderr, 'write').mockReturnValue(true);

it('a mistake is told with the log that holds its stack and its cause, and logged once however often it is handed on', () => {
  const home = newHome();
  const error = new TypeError('x is not a function', { cause: new RangeError('the reason') });
  const problem = problemOf(error, 'judging S0001');
  expect(problem).toMatchObject({
    code: 'internal',
    message: expect.stringContaining(join(home, 'logs', 'braggwatch.log')),
  });
  expect(problem.message).toContain('x is not a function');
  expect(read()).toMatch(
    /judging S0001[^]*TypeError: x is not a function\n +at [^]*\[cause\]: RangeError: the reason\n +at /,
  );
  expect(problemOf(error, 'elsewhere')).toEqual(problem);
  // As another process hands it on.
  expect(problemOf(fromProblem(problem), 'elsewhere')).toEqual(problem);
  expect(read().match(/TypeError/g)).toHaveLength(1);
  expect(statSync(logFile()).mode & 0o777).toBe(0o600);
});

it('what is expected is told as it is, and no log is begun for it', () => {
  const home = newHome();
  expect(problemOf(new BraggwatchError('path-missing', '/a'), 'x')).toEqual(
    new BraggwatchError('path-missing', '/a').toProblem(),
  );
  expect(readdirSync(home)).toEqual([]);
});

it('work that nobody waits for is reported when it fails, whatever with', async () => {
  newHome();
  const written = quiet();
  inBackground(Promise.reject(new BraggwatchError('disk-full', '/data')), 'list of models');
  await vi.waitFor(() => expect(read()).toContain('disk-full'));
  expect(written.mock.calls.flat().join('')).toMatch(/^list of models: .*\/data.*braggwatch\.log/);
});

it('one that comes back again and again takes a line at the tenth and the hundredth time', () => {
  newHome();
  quiet();
  const again = (): unknown => report('nothing but a word', 'sweep');
  for (let time = 1; time <= 150; time++) again();
  expect(read().match(/sweep \(/g)).toHaveLength(3);
  expect(read()).toMatch(/met 10 times[^]*met 100 times/);
});

it('the log is capped: the last few that were set aside are kept', () => {
  const home = newHome();
  quiet();
  for (let n = 0; n < 500; n++) report(new Error(`${n} ${'x'.repeat(15_000)}`), 'flood');
  const sizes = logs(home).map((name) => statSync(join(home, 'logs', name)).size);
  expect(sizes.length).toBeLessThanOrEqual(4);
  expect(sizes.every((size) => size <= 1 << 20)).toBe(true);
  expect(read()).toContain('499 xxx');
});

it('where no log can be written the problem says so, and everything is on stderr', () => {
  const home = newHome();
  writeFileSync(join(home, 'logs'), 'a file where the folder would be');
  const written = quiet();
  expect(problemOf(new Error('lost?'), 'x').message).toMatch(/no log: /);
  expect(written.mock.calls.flat().join('')).toMatch(/Error: lost\?\n +at /);
});

/** Node with something that goes wrong by itself as soon as somebody would hear of it. */
const straying = (what: string): Record<string, string> => {
  const script = `const look = setInterval(() => {
    if (process.listenerCount('unhandledRejection') === 0) return;
    clearInterval(look);
    ${what};
  }, 100)`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
};

it('a process that works for others logs what nobody caught, and ends, so that no call waits for ever', async () => {
  newHome();
  vi.stubEnv('NODE_OPTIONS', straying('Promise.reject(new Error("stray"))')['NODE_OPTIONS']);
  const worker = createWorker<ScanService>(builtLauncher(), 'scan-worker', { timeoutMs: 60_000 });
  onTestFinished(() => {
    vi.unstubAllEnvs();
    worker.close();
  });
  // Answered or not: it may end before.
  await worker.call('list', '/nowhere.h5', 'bliss').catch(() => undefined);
  await eventually(() => existsSync(logFile()) && read().includes('stray'), 'it is logged');
  expect(read()).toMatch(/scan-worker \(process \d+[^]*Error: stray/);
});

it.each([
  ['throw new Error("stray")', 1],
  ['Promise.reject(new Error("stray"))', 'goes on'],
] as const)('a watching command logs %s and %s', async (what, becomes) => {
  const home = temporaryFolder();
  const folder = join(home, 'data');
  mkdirSync(folder);
  const child = spawn(process.execPath, [builtCli, 'watch', folder, '--out', home, '--until-idle', '6'], {
    env: { ...process.env, ...straying(what) },
    stdio: 'pipe',
  });
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(becomes === 'goes on' ? 0 : becomes);
  const log = join(home, 'logs', 'braggwatch.log');
  expect(readFileSync(log, 'utf8')).toMatch(/Error: stray\n? +at /);
  expect(said).toContain(log);
});
