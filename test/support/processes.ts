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

/** Processor time that a process has had with all its threads, ms; undefined where the system does not tell. */
export function processorMs(pid: number): number | undefined {
  try {
    const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    // Counted in hundredths of a second, whatever the kernel's own clock does.
    return (Number(after[11]) + Number(after[12])) * 10;
  } catch {
    return undefined;
  }
}
