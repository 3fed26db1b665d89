import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small checkout around the real scripts: its npm, its bundler and its command line are stand-ins that say that they ran. */
export class Checkout {
  readonly dir = mkdtempSync(join(tmpdir(), 'braggwatch-checkout-'));

  constructor() {
    for (const part of ['bin', 'scripts']) cpSync(join(root, part), this.at(part), { recursive: true });
    this.write('package.json', '{"type":"module"}');
    this.lock({});
    this.installed({});
    mkdirSync(this.at('node_modules/node/bin'), { recursive: true });
    mkdirSync(this.at('node_modules/.bin'));
    symlinkSync(process.execPath, this.at('node_modules/node/bin/node'));
    this.write('src/index.ts', 'export {};');
    this.write(
      'node_modules/electron-vite/bin/electron-vite.js',
      `require('node:fs').appendFileSync(${JSON.stringify(this.at('built.log'))}, 'x');`,
    );
    this.write('machine/npm', `#!/bin/sh\necho "$@" >> '${this.at('npm.log')}'\necho noise\nexit \${NPM_EXIT:-0}\n`);
    chmodSync(this.at('machine/npm'), 0o755);
    this.cli(
      'console.log(JSON.stringify([process.argv[1].slice(-11), ...process.argv.slice(2)])); process.exitCode = 4;',
    );
  }

  at = (path: string): string => join(this.dir, path);

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }

  /** The command line as built. */
  cli(code: string): void {
    this.write('out/main/cli.js', code);
  }

  lock(packages: object): void {
    this.write('package-lock.json', JSON.stringify({ packages: { '': {}, ...packages } }));
  }

  installed(packages: object): void {
    this.write('node_modules/.package-lock.json', JSON.stringify({ packages }));
  }

  /** What npm was asked, one line per call. */
  get npmCalls(): string[] {
    return existsSync(this.at('npm.log')) ? readFileSync(this.at('npm.log'), 'utf8').trim().split('\n') : [];
  }

  get builds(): number {
    return existsSync(this.at('built.log')) ? readFileSync(this.at('built.log'), 'utf8').length : 0;
  }

  start(
    script: string,
    args: readonly string[] = [],
    node = process.execPath,
    env = {},
  ): ChildProcessWithoutNullStreams {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
    const PATH = `${this.at('machine')}:/usr/bin:/bin`;
    return spawn(node, [this.at(script), ...args], { env: { ...clean, PATH, ...env } });
  }

  run(...given: Parameters<Checkout['start']>): Promise<Ended> {
    const child = this.start(...given);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
    child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  }
}

/** The machine's own Node, if it is older than ours: what `npx` runs our command with before anything is installed. */
export const olderNode = ['/usr/local/bin/node', '/usr/bin/node'].find((path) => existsSync(path));
