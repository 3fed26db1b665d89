/** What only a desktop shell can do for the app; the web shell leaves it to the browser. */
export interface Desktop {
  /**
   * Asks in the native dialog where to keep a file, which also asks before it replaces one, and writes it.
   * @returns the path; null where the user cancels
   * @throws BraggwatchError file-refused, disk-full
   */
  saveFile(name: string, bytes: Uint8Array): Promise<string | null>;
  /** A page as PDF; it is shown nowhere, runs no script and loads nothing. */
  toPdf(html: string): Promise<Uint8Array>;
  notify(title: string, body: string): void;
}
