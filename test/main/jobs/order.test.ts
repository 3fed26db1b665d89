import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrder, ranks, type Order, type Rank } from '@main/jobs/order';

/** Lets everything that waits for nothing but its turn go on. */
const settle = async (): Promise<void> => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

const asked = (order: Order, rank: Rank) => {
  const asking = { free: false };
  void order.free(rank).then(() => (asking.free = true));
  return asking;
};

describe('the order of jobs', () => {
  it('is judging before explaining before retrieval before training', () => {
    expect(ranks).toEqual(['judging', 'occlusion', 'retrieval', 'training']);
  });

  it('lets a job wait while one before it has something to do, and never one before it', async () => {
    const rank = fc.constantFrom(...ranks);
    await fc.assert(
      fc.asyncProperty(fc.array(rank, { maxLength: 6 }), rank, async (claimed, mine) => {
        const order = createOrder();
        const releases = claimed.map((each) => ({ each, release: order.claim(each) }));
        const asking = asked(order, mine);
        const isBefore = (each: Rank): boolean => ranks.indexOf(each) < ranks.indexOf(mine);
        for (let left = claimed.filter(isBefore).length; releases.length > 0;) {
          await settle();
          expect(asking.free).toBe(left === 0);
          expect(order.isFree(mine)).toBe(left === 0);
          const { each, release } = releases.pop()!;
          release();
          if (isBefore(each)) left--;
        }
        await settle();
        expect(asking.free).toBe(true);
      }),
    );
  });

  it('gives a job that waits one step between two of those before it', async () => {
    const order = createOrder();
    const first = order.claim('judging');
    const asking = asked(order, 'training');
    await settle();
    expect(asking.free).toBe(false);
    first();
    // The next scan is taken at once.
    order.claim('judging');
    await settle();
    expect(asking.free).toBe(true);
    const again = asked(order, 'training');
    await settle();
    expect(again.free).toBe(false);
  });
});
