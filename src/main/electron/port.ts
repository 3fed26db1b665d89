import { portChannel } from '@contract/bridge';
import type { App } from '@main/app/types';
import { openSession, type Channel, type Session } from '@main/rpc/session';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { isOwnPage } from './origin';

const channelOf = (port: MessagePortMain): Channel => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => {
    port.on('message', ({ data }) => listener(data));
    port.start();
  },
  // The window stays: dropping the message is enough, there is nothing to hang up on.
  refuse: () => undefined,
});

/**
 * Gives the window's page its one port to the app when its preload script asks: once per document, to the main frame, and
 * only while that shows the app's own page. Everything after that goes through the gate, whoever holds the port.
 */
export function handOverPort(contents: WebContents, app: App, report: (error: unknown) => void): void {
  let session: Session | undefined;
  const end = (): void => {
    session?.close();
    session = undefined;
  };

  // `contents.ipc` hears this window only; other windows, if ever there were any, cannot ask.
  contents.ipc.on(portChannel, (event) => {
    const frame = event.senderFrame;
    if (session || !frame || frame !== contents.mainFrame || !isOwnPage(frame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    session = openSession(app, channelOf(port1), report);
    port1.on('close', () => end());
    frame.postMessage(portChannel, null, [port2]);
  });
  // A reload makes a new document, which gets a port of its own.
  contents.on('did-navigate', end);
  contents.on('destroyed', end);
}
