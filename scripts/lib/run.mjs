import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs a command and keeps its output.
 * @returns {Promise<{code: number, output: string}>}
 */
export function capture(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (text) => (output += text);
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A step of the set-up: one line that says what is done and how long it took. Exits the process where it fails. */
export async function step(title, command, args, env) {
  const started = performance.now();
  process.stderr.write(`${title} ... `);
  const { code, output } = await capture(command, args, env);
  if (code === 0) {
    process.stderr.write(`done in ${seconds(started)}\n`);
    return;
  }
  process.stderr.write(
    `FAILED after ${seconds(started)}\n${output}\nfailed: ${[command, ...args].join(' ')} (exit ${code})\n`,
  );
  process.exit(1);
}

/** Runs a command with its output shown; resolves with its exit code. */
export function show(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Like `step`, but a failure is only said, with its last line: for what one can do without. */
export async function attempt(title, command, args, env) {
  const started = performance.now();
  process.stderr.write(`${title} ... `);
  const { code, output } = await capture(command, args, env);
  const last = output.trim().split('\n').at(-1) ?? '';
  process.stderr.write(code === 0 ? `done in ${seconds(started)}\n` : `not possible: ${last}\n`);
  return code === 0;
}
