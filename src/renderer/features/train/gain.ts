import type { Trial } from '@contract/adapting';

/** What came of comparing: better, better in one thing and not in the other, or in nothing. */
export type Gain = 'better' | 'mixed' | 'none';

/** By all scans: whoever is to be used instead is right about more of them, and not more often sure and wrong. */
export function gainOf({ rows }: Pick<Trial, 'rows'>): Gain {
  const { before, after } = rows.at(-1)!;
  if (after.right > before.right && after.sureWrong <= before.sureWrong) return 'better';
  return after.right > before.right || after.sureWrong < before.sureWrong ? 'mixed' : 'none';
}
