import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameBatch } from '@renderer/connection/frame-batch';
import { stubFrames } from '../support/frames';

/** The screen's next frame; it never comes while the page is hidden. */
let nextFrame: () => void;

describe('FrameBatch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    nextFrame = stubFrames();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('hands on what comes within a frame in one go, in its order', () => {
    const taken: (readonly number[])[] = [];
    const batch = new FrameBatch<number>((all) => taken.push(all));
    for (const n of [1, 2, 3]) batch.add(n);
    expect(taken).toEqual([]);
    nextFrame();
    batch.add(4);
    nextFrame();
    nextFrame();
    expect(taken).toEqual([[1, 2, 3], [4]]);
    vi.runAllTimers();
    expect(taken).toHaveLength(2);
  });

  it('loses nothing of a hidden page, which has no frames', () => {
    const taken: (readonly number[])[] = [];
    const batch = new FrameBatch<number>((all) => taken.push(all));
    for (const n of [1, 2]) batch.add(n);
    vi.advanceTimersByTime(1000);
    expect(taken).toEqual([[1, 2]]);
    // The frame that was asked for then comes when the page is seen again.
    nextFrame();
    batch.add(3);
    nextFrame();
    expect(taken).toEqual([[1, 2], [3]]);
  });

  it('hands on at once what must not be overtaken, and once only', () => {
    const taken: (readonly number[])[] = [];
    const batch = new FrameBatch<number>((all) => taken.push(all));
    batch.flush();
    batch.add(1);
    batch.flush();
    nextFrame();
    vi.runAllTimers();
    expect(taken).toEqual([[1]]);
  });

  it('goes on where one of those told adds more', () => {
    const taken: (readonly number[])[] = [];
    const batch = new FrameBatch<number>((all) => {
      taken.push(all);
      if (taken.length === 1) batch.add(9);
    });
    batch.add(1);
    nextFrame();
    nextFrame();
    expect(taken).toEqual([[1], [9]]);
  });
});
