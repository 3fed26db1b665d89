import { byClass } from '@vocabulary/classes';
import { describe, expect, it } from 'vitest';
import { Queue } from '@renderer/shell/state/queue.svelte';
import { everyState, fakeScan, judged } from '../../../e2e/support/fake-scans';

const names = (queue: Queue): string[] => queue.scans.map(({ scan }) => scan);

describe('Queue', () => {
  it('keeps the newest first, in whatever order scans are told', () => {
    const queue = new Queue();
    queue.replaceAll([judged(2, 'edge'), judged(11, 'edge'), judged(1, 'screw')]);
    queue.upsert(judged(3, 'perfect'));
    queue.upsert(judged(20, 'perfect'));
    expect(names(queue)).toEqual(['S0020', 'S0011', 'S0003', 'S0002', 'S0001']);
  });

  it('goes by when scans began, whenever they were found', () => {
    const queue = new Queue();
    const found = '2026-05-14T08:00:00.000Z';
    const begun = (number: number, startedAt: string) => judged(number, 'edge', 0.97, { seenAt: found, startedAt });
    queue.replaceAll([begun(1, '2026-05-13T03:00:00.000Z'), begun(2, '2026-05-13T01:00:00.000Z')]);
    expect(names(queue)).toEqual(['S0001', 'S0002']);
    // One that was begun in between, told last; and one whose file told of its beginning late.
    queue.upsert(begun(3, '2026-05-13T02:00:00.000Z'));
    queue.upsert(judged(4, 'edge', 0.97, { seenAt: found }));
    expect(names(queue)).toEqual(['S0004', 'S0001', 'S0003', 'S0002']);
    queue.upsert(begun(4, '2026-05-13T00:00:00.000Z'));
    expect(names(queue)).toEqual(['S0001', 'S0003', 'S0002', 'S0004']);
  });

  it('replaces a scan that changed instead of listing it twice', () => {
    const queue = new Queue();
    queue.replaceAll([fakeScan(1, { state: 'arriving' }), fakeScan(2)]);
    queue.upsert(judged(1, 'edge'));
    expect(names(queue)).toEqual(['S0002', 'S0001']);
    expect(queue.scans[1]?.verdict?.class).toBe('edge');
  });

  it('follows the newest until a scan is chosen, and again on request', () => {
    const queue = new Queue();
    queue.upsert(fakeScan(1));
    queue.upsert(fakeScan(2));
    expect(queue.selected?.scan).toBe('S0002');
    queue.select('scan-1');
    queue.upsert(fakeScan(3));
    expect(queue.selected?.scan).toBe('S0001');
    queue.follow(true);
    expect(queue.selected?.scan).toBe('S0003');
  });

  it('knows which scans are a key away, the likeliest first', () => {
    const queue = new Queue();
    queue.replaceAll([1, 2, 3, 4, 5].map((n) => (n === 4 ? fakeScan(4, { state: 'waiting' }) : judged(n, 'edge'))));
    const near = (id: string): string[] => {
      queue.select(id);
      return queue.near.map(({ scan }) => scan);
    };
    // Beside it, then where the keys Home and End lead; none of them twice, and none that cannot be opened.
    expect(near('scan-2')).toEqual(['S0001', 'S0003', 'S0005']);
    expect(near('scan-3')).toEqual(['S0002', 'S0001', 'S0005']);
    expect(near('scan-5')).toEqual(['S0001']);
    expect(near('scan-1')).toEqual(['S0002', 'S0005']);
    // Who follows gets what comes.
    queue.follow(true);
    expect(queue.near).toEqual([]);
  });

  it('keeps the last verdict until the next is there', () => {
    const queue = new Queue();
    queue.replaceAll([judged(1, 'edge'), judged(2, 'screw')]);
    queue.upsert(fakeScan(3, { state: 'arriving' }));
    queue.upsert(fakeScan(4, { state: 'skipped', problem: { code: 'not-a-rocking-curve', message: '' } }));
    expect(queue.selected?.scan).toBe('S0002');
    queue.upsert({ ...judged(3, 'perfect'), state: 'arriving' });
    expect(queue.selected?.scan).toBe('S0003');
    queue.upsert(fakeScan(5, { state: 'waiting', problem: { code: 'geometry-incomplete', message: '' } }));
    expect(queue.selected?.scan).toBe('S0005');
  });

  it('moves within its ends', () => {
    const queue = new Queue();
    queue.move(1);
    expect(queue.selected).toBeNull();
    queue.replaceAll([fakeScan(1), fakeScan(2), fakeScan(3)]);
    queue.move(-5);
    expect(queue.selected?.scan).toBe('S0003');
    queue.move(Infinity);
    expect(queue.selected?.scan).toBe('S0001');
  });

  it('chooses anew when the chosen scan is gone', () => {
    const queue = new Queue();
    queue.replaceAll([fakeScan(1), fakeScan(2)]);
    queue.select('scan-1');
    queue.replaceAll([fakeScan(5), fakeScan(6)]);
    expect(queue.selected?.scan).toBe('S0006');
  });

  it('tallies every scan once', () => {
    const queue = new Queue();
    queue.replaceAll(everyState());
    const none = byClass(() => 0);
    expect(queue.tally).toEqual({ ...none, perfect: 2, screw: 1, edge: 1, unsure: 1, open: 4, unjudged: 3 });
    expect(Object.values(queue.tally).reduce((a, b) => a + b)).toBe(everyState().length);
  });
});
