import { socketProtocol } from '@contract/connection';
import { decodeMessage, encodeMessage } from '@contract/wire';
import type { Transport } from './transport';

const firstDelayMs = 250;
const longestDelayMs = 10_000;

/** Doubles per failed try up to the limit; the random part keeps many screens from knocking in step. */
export const backOffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(longestDelayMs, firstDelayMs * 2 ** failures) * (0.5 + random() / 2);

/**
 * The web shell's transport. A lost socket is opened again with growing delays, and at once when the network comes back.
 * One that does not open does not say why; `refuses` asks. The tries go on: the new address may be opened in another tab.
 * @param url ws: or wss: address of the app's socket
 * @param key of this page; asked for at every try, since another tab may have got it
 */
export function socketTransport(
  url: string,
  key: () => string,
  refuses: () => Promise<boolean> = () => Promise.resolve(false),
): Transport {
  return (events) => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const open = (): void => {
      timer = undefined;
      // An empty name is none that a browser would send.
      const socket = new WebSocket(url, [socketProtocol, key() || 'none']);
      socket.binaryType = 'arraybuffer';
      let wasOpen = false;
      socket.onopen = () => {
        failures = 0;
        wasOpen = true;
        events.opened({
          send: (message) => {
            if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message));
          },
        });
      };
      socket.onmessage = ({ data }) => {
        if (data instanceof ArrayBuffer) events.message(decodeMessage(data));
      };
      socket.onclose = () => {
        if (wasOpen) events.lost();
        else void refuses().then((refused) => timer !== undefined && events.lost(refused));
        timer = setTimeout(open, backOffMs(failures));
        failures += 1;
      };
    };

    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Node, where tests run, has none, and the DOM's types say otherwise.
    globalThis.addEventListener?.('online', () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      open();
    });
    open();
  };
}
