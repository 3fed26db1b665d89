/** What is done first where two jobs want the same cores: a verdict, then why, then what is inside, then training. */
export const ranks = ['judging', 'occlusion', 'retrieval', 'training'] as const;
export type Rank = (typeof ranks)[number];

/**
 * The order of jobs. One with something to do claims its rank for as long as it does it, one step at a time (a scan, a few places, an
 * iteration); those of lower rank wait between their own steps. As a claim ends, each that waits behind it gets a step, so that a long
 * backlog holds nobody up for good, and a verdict waits for one step at the most.
 */
export interface Order {
  /** @returns takes it back */
  claim(rank: Rank): () => void;
  /** Whether nothing of a higher rank is being done. */
  isFree(rank: Rank): boolean;
  /** Resolves as soon as it is. */
  free(rank: Rank): Promise<void>;
}

export function createOrder(): Order {
  const claims = new Map<symbol, Rank>();
  let waiting: { readonly rank: Rank; readonly go: () => void }[] = [];
  const isFree = (rank: Rank): boolean =>
    [...claims.values()].every((claimed) => ranks.indexOf(claimed) >= ranks.indexOf(rank));
  return {
    claim(rank) {
      const mine = Symbol(rank);
      claims.set(mine, rank);
      return () => {
        claims.delete(mine);
        const free = waiting.filter((each) => isFree(each.rank));
        waiting = waiting.filter((each) => !free.includes(each));
        for (const { go } of free) go();
      };
    },
    isFree,
    free: (rank) => (isFree(rank) ? Promise.resolve() : new Promise((go) => waiting.push({ rank, go }))),
  };
}
