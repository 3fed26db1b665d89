import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeName, portChannel, portMessage, type Bridge } from '@contract/bridge';

let asked = false;

const bridge: Bridge = {
  shell: 'electron',
  requestPort() {
    if (asked) return;
    asked = true;
    // A port cannot cross the context bridge; posting it to this very window is Electron's documented way.
    ipcRenderer.once(portChannel, ({ ports }) => window.postMessage(portMessage, location.origin, ports));
    ipcRenderer.send(portChannel);
  },
  // Since Electron 32 a File has no path of its own.
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
