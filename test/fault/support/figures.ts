import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { median } from '@core/math/median';
import { childrenOf } from '../../support/processes';

/** What one process takes at one time. */
export interface Taken {
  /** Name of the script that it runs. */
  readonly process: string;
  readonly pid: number;
  readonly memoryMb: number;
  /** Open files, sockets and pipes. */
  readonly handles: number;
}

function takenBy(pid: number): Taken[] {
  try {
    const script = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .find((part) => part.endsWith('.js'));
    const kilobytes = Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    const handles = readdirSync(`/proc/${pid}/fd`).length;
    if (script === undefined || Number.isNaN(kilobytes)) return [];
    return [{ process: basename(script, '.js'), pid, memoryMb: kilobytes / 1024, handles }];
  } catch {
    // It ended while it was looked at.
    return [];
  }
}

/** A process and all that come of it. */
export const takenFrom = (pid: number): Taken[] => [...takenBy(pid), ...childrenOf(pid).flatMap(takenFrom)];

/** Of a quantity that was looked at again and again: what it was in the first quarter and in the last. */
export interface Change {
  readonly first: number;
  readonly last: number;
  /** Part of the first by which it has grown, on. */
  readonly growth: number;
}

/** @param values in the order of time; the first eighth, in which a program warms up, does not count */
export function changeOf(values: readonly number[]): Change {
  const warm = values.slice(values.length >> 3);
  const quarter = Math.max(1, warm.length >> 2);
  const [first, last] = [median(warm.slice(0, quarter)), median(warm.slice(-quarter))];
  return { first, last, growth: last / first - 1 };
}
