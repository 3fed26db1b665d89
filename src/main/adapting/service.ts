import type { Problem } from '@contract/errors';
import { inBackground, problemOf } from '@main/process/report';
import type { Plan } from './plan';
import { runTrial } from './trial';

/** How far the judging of raw scans is. */
export interface Told {
  readonly done: number;
  readonly total: number | null;
  readonly end: { readonly problem: Problem | null } | null;
}

/** The functions of a process that judges raw scans by two models. It is ended by its parent; what is whole of it stays. */
export function createTrialService() {
  let told: Told = { done: 0, total: null, end: null };
  const run = async (plan: Plan): Promise<void> => {
    try {
      await runTrial(plan, { onProgress: (done, total) => (told = { done, total, end: null }) });
      told = { ...told, end: { problem: null } };
    } catch (error) {
      told = { ...told, end: { problem: problemOf(error, 'judging raw scans') } };
    }
  };
  return {
    begin(plan: Plan): void {
      inBackground(run(plan), 'judging raw scans');
    },
    look: (): Told => told,
  };
}

export type TrialService = ReturnType<typeof createTrialService>;
