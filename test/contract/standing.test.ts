import { describe, expect, it } from 'vitest';
import { scanStateSchema } from '@contract/scan';
import { standingOf } from '@contract/standing';

const overruled = { class: 'edge' } as const;
const verdict = { class: 'screw', sure: false } as const;

describe('what a scan counts as', () => {
  it('is the network’s class, early and unsure before the last frame is there', () => {
    expect(standingOf({ state: 'classified', verdict: { ...verdict, sure: true } })).toEqual({
      class: 'screw',
      sure: true,
      early: false,
      byHand: false,
    });
    const early = { class: 'screw', sure: true, early: true } as const;
    expect(standingOf({ state: 'arriving', verdict: early })).toMatchObject({ sure: false, early: true });
    expect(standingOf({ state: 'arriving', verdict: { ...verdict, sure: true } })).toMatchObject({
      sure: false,
      early: true,
    });
  });

  it('is a person’s class wherever there is one, and then sure', () => {
    for (const state of ['classified', 'arriving', 'reducing'] as const)
      expect(standingOf({ state, verdict: { ...verdict, early: true }, overruled })).toEqual({
        class: 'edge',
        sure: true,
        early: false,
        byHand: true,
      });
  });

  it('is nothing without a verdict, or where the scan was refused', () => {
    for (const state of scanStateSchema.options) expect(standingOf({ state, overruled })).toBeUndefined();
    for (const state of ['rejected', 'skipped'] as const)
      expect(standingOf({ state, verdict, overruled })).toBeUndefined();
  });
});
