import { describe, expect, it } from 'vitest';
import { planes } from '@renderer/drawing/slices/plane';

describe('planes', () => {
  it('share the axis to the right in a column of the grid and the axis upwards in a row', () => {
    expect(planes[0].up).toBe(planes[1].up);
    expect(planes[0].right).toBe(planes[2].right);
    for (const { normal, right, up } of planes) expect([normal, right, up].sort()).toEqual([0, 1, 2]);
  });
});
