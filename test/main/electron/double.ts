import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { vi } from 'vitest';

/**
 * A double of the `electron` module: just enough of it, with Electron's own shapes, that the app's main entry and preload
 * script run for real and can be looked at afterwards.
 */

/** Electron's MessagePortMain over Node's MessagePort: messages come as events with `data`, after `start`. */
export class PortDouble extends EventEmitter {
  readonly port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.port = port;
    port.on('close', () => this.emit('close'));
  }
  start(): void {
    this.port.on('message', (data: unknown) => this.emit('message', { data }));
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message);
  }
  close(): void {
    this.port.close();
  }
}

export class FrameDouble {
  url: string;
  /** Everything posted to the frame: channel and ports. */
  readonly posted: { channel: string; ports: MessagePort[] }[] = [];
  constructor(url: string) {
    this.url = url;
  }
  postMessage(channel: string, _message: unknown, ports: PortDouble[] = []): void {
    this.posted.push({ channel, ports: ports.map(({ port }) => port) });
  }
}

export class ContentsDouble extends EventEmitter {
  readonly ipc = new EventEmitter();
  readonly mainFrame = new FrameDouble('about:blank');
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  reload = vi.fn();
  printToPDF = vi.fn<(options: object) => Promise<Buffer>>(() => Promise.resolve(Buffer.from('%PDF-double')));
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export class WindowDouble extends EventEmitter {
  readonly webContents = new ContentsDouble();
  readonly options: Record<string, unknown>;
  readonly loaded: string[] = [];
  show = vi.fn();
  destroy = vi.fn();
  focus = vi.fn();
  restore = vi.fn();
  maximize = vi.fn();
  isMinimized = vi.fn(() => true);
  isMaximized = vi.fn(() => false);
  getNormalBounds = vi.fn(() => ({ x: 5, y: 6, width: 1000, height: 700 }));
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  loadFile(path: string): Promise<void> {
    this.loaded.push(path);
    return Promise.resolve();
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.mainFrame.url = url;
    this.webContents.emit('did-navigate');
    return Promise.resolve();
  }
}

class MessageChannelDouble {
  readonly port1: PortDouble;
  readonly port2: PortDouble;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortDouble(port1);
    this.port2 = new PortDouble(port2);
  }
}

/** An event that can be prevented, as Electron's are. */
export const event = () => ({ preventDefault: vi.fn() });

function makeElectron() {
  /** What happened at start, in order. */
  const order: string[] = [];
  const windows: WindowDouble[] = [];
  /** What was shown as notifications. */
  const notifications: object[] = [];
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    requestSingleInstanceLock: vi.fn(() => {
      order.push('lock');
      return true;
    }),
    enableSandbox: vi.fn(() => order.push('sandbox')),
    disableHardwareAcceleration: vi.fn(() => order.push('no gpu')),
    whenReady: vi.fn(() => Promise.resolve(void order.push('ready'))),
    quit: vi.fn(),
    exit: vi.fn(),
    setPath: vi.fn<(name: string, path: string) => void>(() => void order.push('user data')),
    getPath: vi.fn<(name: string) => string>(() => '/nonexistent'),
  });
  return {
    order,
    windows,
    app,
    protocol: {
      registerSchemesAsPrivileged: vi.fn<(schemes: unknown[]) => void>(() => void order.push('scheme')),
      handle: vi.fn<(scheme: string, handler: (request: Request) => Promise<Response>) => void>(),
    },
    session: {
      defaultSession: Object.assign(new EventEmitter(), {
        setPermissionRequestHandler: vi.fn<(handler: (...args: unknown[]) => void) => void>(),
        setPermissionCheckHandler: vi.fn<(handler: () => boolean) => void>(),
        setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
        setDisplayMediaRequestHandler: vi.fn(),
      }),
    },
    shell: { openExternal: vi.fn<(url: string) => Promise<void>>(() => Promise.resolve()) },
    dialog: {
      showOpenDialog: vi.fn(),
      showSaveDialog: vi.fn<(...args: unknown[]) => Promise<{ canceled: boolean; filePath: string }>>(),
    },
    notifications,
    Notification: class {
      static isSupported = (): boolean => true;
      readonly options: object;
      constructor(options: object) {
        this.options = options;
      }
      show(): void {
        notifications.push(this.options);
      }
    },
    webUtils: { getPathForFile: vi.fn<(file: unknown) => string>(() => '/data/dropped.h5') },
    Menu: { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn((template: unknown) => template) },
    screen: { getAllDisplays: vi.fn(() => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]) },
    utilityProcess: { fork: vi.fn() },
    contextBridge: { exposeInMainWorld: vi.fn() },
    ipcRenderer: Object.assign(new EventEmitter(), { send: vi.fn() }),
    MessageChannelMain: MessageChannelDouble,
    BrowserWindow: class extends WindowDouble {
      static getAllWindows = (): WindowDouble[] => windows;
      constructor(options: Record<string, unknown>) {
        super(options);
        windows.push(this);
        order.push('window');
        app.emit('web-contents-created', {}, this.webContents);
      }
    },
  };
}

/** A new double, which the modules imported from now on get as `electron`. */
export function fresh(): ReturnType<typeof makeElectron> {
  vi.resetModules();
  const electron = makeElectron();
  vi.doMock('electron', () => electron);
  return electron;
}
