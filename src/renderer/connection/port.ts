import { portMessage, type Bridge } from '@contract/bridge';
import type { Transport } from './transport';

/** Electron's transport: the one MessagePort that the preload script hands over. It lives as long as the page does. */
export function portTransport(bridge: Bridge): Transport {
  return (events) => {
    const onMessage = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== portMessage || !port) return;
      window.removeEventListener('message', onMessage);
      port.onmessage = ({ data }) => events.message(data);
      port.addEventListener('close', () => events.lost());
      port.start();
      events.opened({ send: (message) => port.postMessage(message) });
    };
    window.addEventListener('message', onMessage);
    bridge.requestPort();
  };
}
