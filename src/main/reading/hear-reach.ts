import { z } from 'zod';
import { reachInto } from '@main/files/reach';

const circumstances = z.strictObject({ roots: z.array(z.string()) });

/** What every call to a process that reads scans brings along: folders into which what their files name may lead, besides their own. */
export type Circumstances = z.infer<typeof circumstances>;

/** Takes them in; a process that is told nothing reads its sources' own folders only. */
export function hearReach(told: unknown): void {
  const parsed = circumstances.safeParse(told);
  reachInto(parsed.success ? parsed.data.roots : []);
}
