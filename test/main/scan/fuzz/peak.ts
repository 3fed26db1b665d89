import { readFileSync, writeFileSync } from 'node:fs';

/** Linux forgets the peak of a process's memory when it is told so. */
export function forgetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/** The largest memory since then, MB; 0 where the system does not tell. */
export function peakMb(): number {
  if (process.platform !== 'linux') return 0;
  return Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
}
