import { vi } from 'vitest';

/** Stands in for the screen's frames: each comes when the function that is returned is called; never while the page is hidden. */
export function stubFrames(): () => void {
  const waiting = new Map<number, () => void>();
  let handles = 0;
  vi.stubGlobal('requestAnimationFrame', (job: () => void) => (waiting.set(++handles, job), handles));
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => waiting.delete(handle));
  return () => {
    const due = [...waiting.values()];
    waiting.clear();
    for (const job of due) job();
  };
}
