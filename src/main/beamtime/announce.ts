import type { Problem } from '@contract/errors';

/** An alert is raised when something has gone wrong so often; a process that was ended once is no news. */
const TOLD_AFTER = 2;

/**
 * Tells of what hinders all scans once the same thing has gone wrong again, and when all is well after that.
 * @returns to be told what went wrong at each try; null: nothing did
 */
export function createAnnouncer(tell: (problem: Problem | null) => void): (problem: Problem | null) => void {
  let failing: { readonly code: Problem['code']; readonly times: number } | null = null;
  let told = false;
  return (problem) => {
    failing = problem && { code: problem.code, times: failing?.code === problem.code ? failing.times + 1 : 1 };
    const isDue = problem === null ? told : failing?.times === TOLD_AFTER;
    if (!isDue) return;
    told = problem !== null;
    tell(problem);
  };
}
