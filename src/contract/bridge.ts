/** What the preload script puts on the page's `window` under Electron: the shell's name and a way to ask for the one port. */
export interface Bridge {
  readonly shell: 'electron';
  /** The port arrives as a `message` event with `portMessage` as its data. Works once per page. */
  requestPort(): void;
  /** Where a file dropped onto the window lies; empty where it lies nowhere on disk. The app opens it only under its allowed folders. */
  pathOf(file: File): string;
}

/** Name of the bridge on `window`. */
export const bridgeName = 'braggwatch';
/** Data of the window message that carries the port from the preload script to the page. */
export const portMessage = 'braggwatch:port';
/** Channel between preload and main on which the port is asked for and handed over. */
export const portChannel = 'braggwatch:port';
