import { readdirSync, readFileSync } from 'node:fs';

/** Processes whose parent is `pid`, from /proc. */
export const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        return id > 0 && Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1]) === pid;
      } catch {
        return false;
      }
    });

/** Whether a process still runs; one that has ended and waits for its parent to ask does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
