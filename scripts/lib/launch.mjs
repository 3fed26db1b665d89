import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { cli, node24, ownEnv } from './paths.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program in the foreground as if it were this process: its streams, our signals, its exit code. */
export function become(command, args, env = ownEnv) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to us both; a second one would mean "at once" to the child.
  const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

/** Runs our command line on Node 24: in this process where it is one already, in a child otherwise. */
export async function runCli(args) {
  if (Number(process.versions.node.split('.')[0]) < 24) return become(node24, [cli, ...args]);
  process.argv.splice(1, Infinity, cli, ...args);
  await import(pathToFileURL(cli).href);
}
