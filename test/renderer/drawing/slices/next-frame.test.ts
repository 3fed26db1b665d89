import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextFrame } from '@renderer/drawing/slices/next-frame';
import { stubFrames } from '../../support/frames';

/** The screen's next frame. */
let advance: () => void;

describe('nextFrame', () => {
  beforeEach(() => void (advance = stubFrames()));
  afterEach(() => void vi.unstubAllGlobals());

  it('draws once per frame, and only the newest picture', () => {
    const drawn: number[] = [];
    const frames = nextFrame();
    for (let n = 0; n < 5; n++) frames.request(() => drawn.push(n));
    expect(drawn).toEqual([]);
    advance();
    expect(drawn).toEqual([4]);
    advance();
    expect(drawn).toEqual([4]);
    frames.request(() => drawn.push(9));
    advance();
    expect(drawn).toEqual([4, 9]);
  });

  it('draws nothing once its canvas has gone', () => {
    const frames = nextFrame();
    const job = vi.fn();
    frames.request(job);
    frames.cancel();
    advance();
    expect(job).not.toHaveBeenCalled();
  });
});
