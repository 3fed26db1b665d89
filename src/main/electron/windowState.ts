import { readFileSync } from 'node:fs';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const stateSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(640), height: z.int().min(480) }),
  maximized: z.boolean(),
});
type WindowState = z.infer<typeof stateSchema>;

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where the window was when it was last closed; undefined the first time, or where that screen is gone. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, state.bounds)) ? state : undefined;
  } catch {
    // No file yet, or one that is not ours: the window opens at its default place.
    return undefined;
  }
}

/** Remembers the window's place whenever it closes. */
export function keepWindowState(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileAtomic.sync(path, JSON.stringify(state));
    } catch {
      // A full disk must not keep the window from closing.
    }
  });
}
