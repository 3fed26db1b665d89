import { keyParameter, pathFrom, socketPath } from '@contract/connection';
import { findBridge } from './bridge';
import { createConnection } from './connection';
import { pageKey } from './key';
import { portTransport } from './port';
import { socketTransport } from './socket';
import type { Connection } from './types';

/** Whether an app is there that does not know this page's key. */
async function refuses(): Promise<boolean> {
  const asked = `${pathFrom(location.pathname, socketPath)}?${keyParameter}=${pageKey()}`;
  try {
    return (await fetch(asked, { method: 'HEAD', signal: AbortSignal.timeout(5000) })).status === 401;
  } catch {
    return false;
  }
}

/** Connects the screen to the app: over Electron's bridge where there is one, over the web shell's socket elsewhere. */
export function connect(): Connection {
  const bridge = findBridge();
  if (bridge) return createConnection(portTransport(bridge));
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return createConnection(
    socketTransport(`${scheme}://${location.host}${pathFrom(location.pathname, socketPath)}`, pageKey, refuses),
  );
}
