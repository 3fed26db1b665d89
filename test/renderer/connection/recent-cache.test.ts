import { describe, expect, it } from 'vitest';
import { RecentCache } from '@renderer/connection/recent-cache';

describe('RecentCache', () => {
  it('lets the one unused for longest go first, by size', () => {
    const cache = new RecentCache<number>(10, (size) => size);
    cache.set('a', 4);
    cache.set('b', 4);
    cache.get('a');
    cache.set('c', 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([4, undefined, 4]);
  });

  it('keeps the newest, however large', () => {
    const cache = new RecentCache<number>(10, (size) => size);
    cache.set('a', 4);
    cache.set('b', 100);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, 100]);
    cache.set('b', 1);
    cache.set('a', 9);
    expect([cache.get('a'), cache.get('b')]).toEqual([9, 1]);
  });
});
