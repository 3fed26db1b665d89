import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const command = at('out/main/cli.js');

/** The real app needs its build and a model to judge with. */
export const demoCanRun = existsSync(command) && existsSync(at('models/three-class/card.json'));

/** The real app on its simulated beamtime, as `npm run demo` starts it without a window. */
export class RunningDemo {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /**
   * Starts the demo in a folder, or goes on where an earlier one stopped.
   * @throws Error when it ends before it gives its address
   */
  static async start(folder: string): Promise<RunningDemo> {
    const args = [command, 'demo', '--folder', folder, '--speed', '50'];
    const child = spawn(at('node_modules/.bin/node'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const url = new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said);
        if (found) resolve(found[0]);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('exit', () => reject(new Error(`the demo ended: ${said}`)));
    });
    return new RunningDemo(child, await url);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    await ended;
  }
}
