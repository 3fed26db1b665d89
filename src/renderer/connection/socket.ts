import { decodeMessage, encodeMessage } from '@contract/wire';
import type { Transport } from './transport';

const firstDelayMs = 250;
const longestDelayMs = 10_000;

/** Doubles per failed try up to the limit; the random part keeps many screens from knocking in step. */
export const backOffMs = (failures: number, random: () => number = Math.random): number =>
  Math.min(longestDelayMs, firstDelayMs * 2 ** failures) * (0.5 + random() / 2);

/**
 * The web shell's transport. A lost socket is opened again with growing delays, and at once when the network comes back.
 * @param url ws: or wss: address of the app's socket
 */
export function socketTransport(url: string): Transport {
  return (events) => {
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const open = (): void => {
      timer = undefined;
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => {
        failures = 0;
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
        events.lost();
        timer = setTimeout(open, backOffMs(failures));
        failures += 1;
      };
    };

    globalThis.addEventListener?.('online', () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      open();
    });
    open();
  };
}
