import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const command = at('out/main/cli.js');

/** The real app needs its build. */
export const isBuilt = existsSync(command);
/** To judge it needs a model as well. */
export const canJudge = isBuilt && existsSync(at('models/three-class/card.json'));

/** Runs `braggwatch` with these arguments to its end. @throws Error unless it ends with 0 */
export async function braggwatch(args: readonly string[]): Promise<void> {
  await promisify(execFile)(at('node_modules/.bin/node'), [command, ...args]);
}

/** The real app's web shell in a process of its own, as a user starts it. */
export class RunningCommand {
  readonly url: string;
  /** The address that lets one look and change nothing. */
  readonly viewUrl: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, [url, viewUrl]: readonly [string, string]) {
    this.#child = child;
    this.url = url;
    this.viewUrl = viewUrl;
  }

  /**
   * Starts `braggwatch` with these arguments.
   * @throws Error when it ends before it gives its addresses
   */
  static async start(args: readonly string[]): Promise<RunningCommand> {
    const child = spawn(at('node_modules/.bin/node'), [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const addresses = new Promise<readonly [string, string]>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const [url, viewUrl] = said.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+(?=\s)/g) ?? [];
        if (url && viewUrl) resolve([url, viewUrl]);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('exit', () => reject(new Error(`it ended: ${said}`)));
    });
    return new RunningCommand(child, await addresses);
  }

  /** Ends it: asked to, or, with `SIGKILL`, as a crash does. */
  async stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}
