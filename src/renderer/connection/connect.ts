import { socketPath } from '@contract/procedures';
import { findBridge } from './bridge';
import { createConnection } from './connection';
import { portTransport } from './port';
import { socketTransport } from './socket';
import type { Connection } from './types';

/** Connects the screen to the app: over Electron's bridge where there is one, over the web shell's socket elsewhere. */
export function connect(): Connection {
  const bridge = findBridge();
  if (bridge) return createConnection(portTransport(bridge));
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return createConnection(socketTransport(`${scheme}://${location.host}${socketPath}`));
}
