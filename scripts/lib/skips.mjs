import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { inRoot, root } from './paths.mjs';

/**
 * @typedef {{ file: string, name: string, skipped: boolean }} Ran a test of a report; its file from the checkout on
 * @typedef {{ files: readonly string[], names?: RegExp, why: string, absent: () => boolean }} Allowed names: all where there is none
 */

const answers = (command, ...args) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
const mayMount = () => {
  const rights = existsSync('/proc/self/status')
    ? /^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))
    : null;
  return rights !== null && (BigInt(`0x${rights[1]}`) & (1n << 21n)) !== 0n;
};

/**
 * The skips that are allowed: in which files and of which names, why, and whether what they need is absent here. Where it is not, the same
 * skip is a failure, like every other one.
 * @type {readonly Allowed[]}
 */
export const allowedSkips = [
  {
    files: ['test/main/hdf5/hdf5.test.ts', 'test/main/scan/spec-tiff.test.ts', 'test/main/scan/measured.test.ts'],
    names: /as measured|all that were measured|at 34-ID-C, whole/,
    why: 'measured data that are too large for the repository',
    absent: () => !existsSync(inRoot('..', 'shared', 'data')),
  },
  {
    files: ['test/fault/full-disk.test.ts', 'test/main/cli/held.test.ts'],
    names: /disk/,
    why: 'this process may not mount a disk',
    absent: () => !mayMount(),
  },
  {
    files: ['test/main/relax/relax.test.ts', 'test/fault/relaxed-dataset.test.ts'],
    names: /native LAMMPS/,
    why: 'no native LAMMPS',
    absent: () => !answers(process.env.BRAGGWATCH_LMP ?? 'lmp', '-h'),
  },
  {
    files: ['test/slurm/slurm.test.ts'],
    why: 'no Slurm',
    absent: () => process.getuid?.() !== 0 || !existsSync('/usr/sbin/slurmctld'),
  },
  {
    files: ['test/main/engine/silence.test.ts'],
    names: /bench network/,
    why: 'no strace',
    absent: () => !answers('strace', '-f', '--seccomp-bpf', '-o', '/dev/null', 'true'),
  },
  {
    files: ['test/main/engine/webgpu.test.ts'],
    why: 'no GPU, nor a software one',
    absent: () => !existsSync(process.env.BRAGGWATCH_VULKAN ?? '/usr/lib/chromium/vk_swiftshader_icd.json'),
  },
  {
    files: ['test/main/export/macro.test.ts'],
    names: /by Python/,
    why: 'no Python',
    absent: () => !answers('python3', '--version') && !answers('python', '--version'),
  },
  {
    files: ['test/main/retrieval/cxi.test.ts'],
    names: /h5py/,
    why: 'no h5py of the system',
    absent: () => !answers('/usr/bin/python3', '-c', 'import h5py'),
  },
  {
    files: ['test/docs/python.test.ts'],
    names: /h5py/,
    why: 'no h5py of the system',
    absent: () => !answers('/usr/bin/python3', '-c', 'import h5py, numpy'),
  },
  {
    files: ['test/docs/python.test.ts'],
    names: /onnxruntime/,
    why: 'no onnxruntime of the system',
    absent: () => !answers('/usr/bin/python3', '-c', 'import onnxruntime, numpy'),
  },
  {
    files: ['test/docs/python.test.ts'],
    names: /with numpy:/,
    why: 'no NumPy of the system',
    absent: () => !answers('/usr/bin/python3', '-c', 'import numpy'),
  },
  {
    files: ['test/scripts/command.test.ts'],
    names: /^the machine's own Node/,
    why: "no Node but the checkout's own",
    absent: () => !existsSync('/usr/local/bin/node') && !existsSync('/usr/bin/node'),
  },
  {
    files: ['test/e2e/specs/snapshots.spec.ts'],
    why: 'other fonts than those of the pictures',
    // Only the browser can measure them; its report says how they differ.
    absent: () => true,
  },
];

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** The tests of a Vitest JSON report. @returns {readonly Ran[] | undefined} */
export function vitestTests(path) {
  return read(path)?.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: relative(root, file),
      name: fullName,
      skipped: ['skipped', 'pending', 'todo', 'disabled'].includes(status),
    })),
  );
}

/** The tests of a Playwright JSON report. @returns {readonly Ran[] | undefined} */
export function playwrightTests(path) {
  const report = read(path);
  const within = ({ suites = [], specs = [] }) => [
    ...specs.flatMap(({ file, title, tests }) =>
      tests.map(({ status }) => ({
        file: relative(root, inRoot(relative(root, report.config.rootDir), file)),
        name: title,
        skipped: status === 'skipped',
      })),
    ),
    ...suites.flatMap(within),
  ];
  return report && within(report);
}

/**
 * What a run left out: skips by their reason, and what was left out without one.
 * @param {readonly Ran[]} ran
 * @param {readonly string[]} files every test file there is, from the checkout on
 * @param {readonly Allowed[]} allowed
 * @returns {{ known: readonly string[], unexpected: readonly string[] }} lines to print; anything unexpected fails the run
 */
export function leftOut(ran, files, allowed = allowedSkips) {
  const counts = new Map();
  const unexpected = [];
  for (const { file, name } of ran.filter(({ skipped }) => skipped)) {
    const test = `${file}: ${name}`;
    const reason = allowed.find(({ files: where, names }) => where.includes(file) && (names?.test(name) ?? true));
    if (reason?.absent()) counts.set(reason.why, (counts.get(reason.why) ?? 0) + 1);
    else
      unexpected.push(
        `skipped, ${reason ? `though there is no lack (${reason.why})` : 'for no known reason'}: ${test}`,
      );
  }
  const tested = new Set(ran.map(({ file }) => file));
  for (const file of files) if (!tested.has(file)) unexpected.push(`no test ran in ${file}`);
  return { known: [...counts].map(([why, count]) => `${count} skipped: ${why}`), unexpected };
}

const testFiles = () =>
  readdirSync(inRoot('test'), { recursive: true })
    .filter((path) => /\.(test|spec)\.ts$/.test(path))
    .map((path) => join('test', path).split(sep).join('/'));
/** Every file that should hold unit tests: in `test`, but not among the browser's. */
export const unitFiles = () => testFiles().filter((path) => !path.startsWith('test/e2e/'));
/** Every file of browser specs; those of `test/e2e/tour` take pictures and are no test. */
export const specFiles = () => testFiles().filter((path) => /^test\/e2e\/(?!tour\/)/.test(path));
