import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planes } from '@renderer/drawing/slices/plane';
import { SliceView } from '@renderer/shell/state/slice-view.svelte';

describe('SliceView', () => {
  it('keeps the crosshair inside the volume and inside the zoomed window, whatever is pressed', () => {
    const press = fc.oneof(
      fc.record({ axis: fc.constantFrom(0 as const, 1 as const, 2 as const), by: fc.integer({ min: -70, max: 70 }) }),
      fc.record({ zoom: fc.constantFrom(-1, 1) }),
    );
    fc.assert(
      fc.property(fc.array(press, { maxLength: 40 }), (presses) => {
        const view = new SliceView();
        for (const one of presses) {
          if ('zoom' in one) view.zoomBy(one.zoom);
          else view.step(one.axis, one.by);
          for (const axis of [0, 1, 2] as const) {
            const [from, to] = view.window(axis);
            expect(view.crosshair[axis]).toBeGreaterThanOrEqual(from);
            expect(view.crosshair[axis] + 1).toBeLessThanOrEqual(to);
          }
        }
      }),
    );
  });

  it('steps through depth along the normal of the focused cut', () => {
    const view = new SliceView();
    expect(planes.map(({ normal }) => normal).sort()).toEqual([0, 1, 2]);
    for (const plane of planes) {
      view.recentre([32, 32, 32]);
      view.focus(plane);
      view.stepDepth(3);
      const moved = [32, 32, 32];
      moved[plane.normal] = 35;
      expect(view.crosshair).toEqual(moved);
    }
  });

  it('keeps the view for a volume of the same shape and starts anew for another', () => {
    const view = new SliceView();
    view.moveTo([1, 2, 3]);
    view.zoomBy(1);
    view.adopt([64, 64, 64]);
    expect(view.crosshair).toEqual([1, 2, 3]);
    view.adopt([128, 64, 32]);
    expect(view.crosshair).toEqual([64, 32, 16]);
    expect(view.zoom).toBe(1);
  });

  it('zooms within its steps', () => {
    const view = new SliceView();
    for (let n = 0; n < 20; n++) view.zoomBy(1);
    expect(view.zoom).toBe(8);
    for (let n = 0; n < 20; n++) view.zoomBy(-1);
    expect(view.zoom).toBe(1);
  });

  it('keeps what lies under the pointer in its place while zooming there', () => {
    const view = new SliceView();
    const place = (at: number): number => {
      const [from, to] = view.window(0);
      return (at - from) / (to - from);
    };
    const before = place(20.25);
    for (let n = 0; n < 3; n++) {
      view.zoomBy(1, [20.25, 30, 40]);
      expect(place(20.25)).toBeCloseTo(before, 9);
    }
  });

  it('pans a zoomed view inside the volume and leaves the crosshair where it is', () => {
    const view = new SliceView();
    view.zoomBy(3);
    view.focus(planes[2]);
    for (let n = 0; n < 40; n++) view.panFocused(1 / 8, -1 / 8);
    expect(view.window(1)[1]).toBe(64);
    expect(view.window(2)[0]).toBe(0);
    expect(view.window(0)[0]).toBeCloseTo(32.5 - 64 / 6, 9);
    expect(view.crosshair).toEqual([32, 32, 32]);
    // The way back begins at once.
    view.panFocused(-1 / 8, 0);
    expect(view.window(1)[1]).toBeLessThan(64);
  });
});
