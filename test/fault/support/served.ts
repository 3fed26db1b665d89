import { spawn } from 'node:child_process';
import { createBirpc } from 'birpc';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { socketPath, socketProtocol, type ClientFunctions, type ServerFunctions } from '@contract/connection';
import { fromProblem } from '@contract/errors';
import { scanSummarySchema, type ScanSummary } from '@contract/scan';
import { decodeMessage, encodeMessage } from '@contract/wire';
import { keysOf } from '@main/web/access';
import { builtCli, eventually } from '../../support/build';

/** The built app with one page that stays open, as a browser's does: it hears every event, and keeps nothing. */
export interface Served {
  readonly pid: number;
  /** @throws BraggwatchError as the app answers */
  request(name: string, input?: unknown): Promise<unknown>;
  /** Ends it as a user does. */
  end(): Promise<void>;
}

function openPage(address: URL, onScan: (scan: ScanSummary) => void): Promise<Served['request']> {
  const keys = keysOf(address.searchParams.get('token')!);
  const socket = new WebSocket(`ws://${address.host}${socketPath}`, [socketProtocol, keys.page], {
    origin: address.origin,
    headers: { Cookie: `braggwatch-${address.port}=${keys.cookie}` },
  });
  const event: ClientFunctions['event'] = (name, payload) => {
    if (name === 'scan-changed') onScan(scanSummarySchema.parse(payload));
  };
  const rpc = createBirpc<ServerFunctions, ClientFunctions, false>(
    { event },
    {
      ...{ proxify: false, timeout: -1 },
      post: (message) => socket.send(encodeMessage(message)),
      on: (receive) => void socket.on('message', (data) => receive(decodeMessage(data as Buffer))),
    },
  );
  const request: Served['request'] = async (name, input) => {
    const reply = await rpc.$call('request', name, input);
    if (!reply.ok) throw fromProblem(reply.error);
    return reply.value;
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(request)).on('error', reject);
  });
}

/** Serves a folder from a home. */
export async function serveBuilt(folder: string, home: string, onScan: (scan: ScanSummary) => void): Promise<Served> {
  const child = spawn(process.execPath, [builtCli, 'serve', '--watch', folder, '--out', home], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += String(text)));
  const address = await eventually(() => /http:\S+(?=\s)/.exec(said)?.[0], 'its address', 120);
  return {
    pid: child.pid!,
    request: await openPage(new URL(address), onScan),
    end: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
