import { join, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { createApp, type RunningApp } from '@main/app';
import { AUTO_PRESET } from '@main/ledger/settings';
import { nodeLauncher } from '@main/process/launcher';
import { keepLogIn } from '@main/process/log';
import { report } from '@main/process/report';
import { startServer, type RunningServer } from '@main/serve';
import { keepKeys, readKeys, revokeKeys } from '@main/web/keys';
import { defaultHome } from '@main/files/home';
import { checkModel, checkPreset, presetsAt } from './named';
import { defaultRoots, readGeometry, rendererDir, type ScanOptions } from './options';
import { EXIT, print } from './output';

export interface ServeCommandOptions extends ScanOptions {
  readonly port: number;
  readonly watch?: string;
  /** The addresses handed out before open nothing any more. */
  readonly newAddresses?: boolean;
}

/** Resolves at the first SIGINT or SIGTERM. */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

/**
 * Serves a running app on 127.0.0.1 and prints its addresses; the app is closed where that cannot be. They are those of the last time, the port included where it is free and no
 * other one is asked for, so that what was handed out goes on to open it.
 * @throws BraggwatchError port-unavailable
 */
export async function openWebShell(app: RunningApp, home: string, port: number): Promise<RunningServer> {
  const { port: last, ...tokens } = readKeys(home);
  const serveAt = (at: number): Promise<RunningServer> =>
    startServer(app, {
      ...tokens,
      port: at,
      rendererDir: rendererDir(),
      addressFile: join(home, 'address'),
      report: (error) => report(error, 'web shell'),
    });
  const server = await serveAt(port || last)
    .catch((error: unknown) => {
      if (port > 0 || last === 0) throw error;
      return serveAt(0);
    })
    .catch(async (error: unknown) => {
      // Its processes would keep this one from ending.
      await app.close();
      throw portProblem(error, port) ?? error;
    });
  keepKeys(home, { ...tokens, port: Number(new URL(server.origin).port) });
  print(`Braggwatch is at ${server.url}`);
  print(`To share, read-only (for a colleague in the control room): ${server.viewUrl}`);
  return server;
}

/** What the system says of a port that cannot be had. */
const PORT_CODES: readonly string[] = ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'];

function portProblem(error: unknown, port: number): BraggwatchError | undefined {
  if (!(error instanceof Error && 'code' in error && PORT_CODES.some((code) => code === error.code))) return undefined;
  const why = error.code === 'EADDRINUSE' ? 'another program listens on it' : error.message;
  return new BraggwatchError('port-unavailable', `${port}: ${why}`, { cause: error });
}

/** `serve`: the web shell, until it is interrupted. */
export async function serve(options: ServeCommandOptions): Promise<number> {
  // Who chooses the folder on the screen chooses the beamline there: the option would be ignored.
  if (options.watch === undefined && options.preset !== AUTO_PRESET)
    throw new BraggwatchError('usage', '--preset goes with --watch; without it, choose the beamline on the screen');
  const home = options.out ?? defaultHome();
  keepLogIn(home);
  checkPreset(options.preset, presetsAt(home));
  if (options.model !== undefined) await checkModel(options.model);
  const app = createApp({
    launcher: nodeLauncher,
    home,
    shell: 'web',
    what: 'serve',
    inside: 'by-itself',
    openFolders: true,
    method: options.method,
    engine: options.engine,
    geometry: readGeometry(options.geometry),
    allowed: options.allow ?? [],
    roots: [...defaultRoots(), ...(options.allow ?? []), ...(options.watch ? [options.watch] : [])],
    ...(options.model && { model: options.model }),
    ...(options.watch && { watch: { folder: resolve(options.watch), preset: options.preset } }),
  });
  if (options.newAddresses) revokeKeys(home);
  const server = await openWebShell(app, home, options.port);
  await interrupted();
  await server.close();
  await app.close();
  return EXIT.done;
}
