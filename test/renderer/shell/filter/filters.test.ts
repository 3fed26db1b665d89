import { describe, expect, it } from 'vitest';
import { Filters } from '@renderer/shell/filter/filters.svelte';
import { Preferences } from '@renderer/shell/state/preferences.svelte';
import { Queue } from '@renderer/shell/state/queue.svelte';
import {
  mapBox,
  mappedSamples,
  neighbour,
  onCanvas,
  onPlane,
  planeOf,
  pointAt,
  viewOfAll,
} from '@renderer/features/overview/map';
import { fakeScan, judged, mapped } from '../../../e2e/support/fake-scans';

const memory = (): Storage => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
};
const scans = [
  judged(1, 'screw', 0.95, { sample: 'a', hkl: [1, 1, 1], note: 'Near the edge of the wafer' }),
  judged(2, 'screw', 0.6, { sample: 'b', hkl: [2, 0, 0], flagged: true }),
  judged(3, 'perfect', 0.95, { sample: 'a', hkl: [1, 1, 1] }),
  fakeScan(4, { state: 'rejected' }),
];
const shown = (change: Parameters<Filters['set']>[0]): string[] => {
  const filters = new Filters();
  filters.set(change);
  return filters.apply(scans).map(({ scan }) => scan);
};

describe('the filter', () => {
  it('lets everything pass at first', () => {
    expect(new Filters().apply(scans)).toBe(scans);
  });

  it.each([
    [{ classes: ['screw' as const] }, ['S0001', 'S0002']],
    [{ classes: ['screw' as const], certainty: 'unsure' as const }, ['S0002']],
    [{ certainty: 'sure' as const }, ['S0001', 'S0003']],
    [{ flagged: true }, ['S0002']],
    [{ sample: 'a', reflection: '1 1 1' }, ['S0001', 'S0003']],
    [{ text: 'WAFER edge' }, ['S0001']],
    [{ text: 's0004' }, ['S0004']],
    [{ sample: 'a', flagged: true }, []],
  ])('combines conditions: %j', (change, expected) => {
    expect(shown(change)).toEqual(expected);
  });

  it('survives a restart, and whatever else may stand in its place', () => {
    const storage = memory();
    new Filters(new Preferences(storage, 'dark')).set({ classes: ['edge'], text: 'x' });
    expect(new Filters(new Preferences(storage, 'dark')).value).toMatchObject({ classes: ['edge'], text: 'x' });
    storage.setItem('braggwatch.filter', '{"classes":["dog"],"certainty":7,"flagged":true}');
    expect(new Filters(new Preferences(storage, 'dark')).value).toMatchObject({
      classes: [],
      certainty: 'any',
      flagged: true,
    });
    storage.setItem('braggwatch.filter', '{');
    expect(new Filters(new Preferences(storage, 'dark')).active).toBe(false);
  });

  it('has the queue move among the scans shown, and count only them', () => {
    const queue = new Queue();
    queue.replaceAll(scans);
    queue.filters.set({ classes: ['screw'] });
    expect(queue.shown.map(({ scan }) => scan)).toEqual(['S0002', 'S0001']);
    expect(queue.tally).toMatchObject({ screw: 1, unsure: 1, perfect: 0, unjudged: 0 });
    queue.move(Infinity);
    expect(queue.selected?.scan).toBe('S0001');
    queue.move(1);
    expect(queue.selected?.scan).toBe('S0001');
  });
});

describe('the sample map', () => {
  it('takes the two axes along which the scans lie farthest apart', () => {
    const plane = planeOf(mapped(60))!;
    expect(plane.axes).toEqual(['x (pix)', 'y (piy)']);
    expect(plane.points).toHaveLength(54);
    expect(planeOf(scans)).toBeNull();
  });

  it('finds each particle where it draws it, at one scale for both axes', () => {
    const { points } = planeOf(mapped(60))!;
    expect(points).toHaveLength(54);
    const box = mapBox(600, 300);
    const view = viewOfAll(points, box);
    const [middleX, middleY] = [box.left + box.width / 2, box.top + box.height / 2];
    for (const { scan, x, y } of points) {
      const place = [middleX + (x - view.x) * view.scale, middleY - (y - view.y) * view.scale] as const;
      expect(pointAt(points, view, box, place)?.scan.id).toBe(scan.id);
      expect(place[0] >= box.left && place[0] <= 600 && place[1] >= 0 && place[1] <= box.height).toBe(true);
      const back = onPlane(box, view, onCanvas(box, view, x, y));
      expect(back[0]).toBeCloseTo(x, 9);
      expect(back[1]).toBeCloseTo(y, 9);
    }
  });

  it('is of one sample: the others have their own, that of the newest scan first', () => {
    const of = mappedSamples(mapped(60).toReversed());
    expect(of.map(({ name, scans: own }) => [name, own.length])).toEqual([
      ['au_nps', 27],
      ['pt_nps', 27],
    ]);
    expect(mappedSamples(scans)).toEqual([]);
  });

  it('goes to a neighbour that lies in the direction asked for', () => {
    const { points } = planeOf(mapped(60))!;
    const from = points[20]!;
    expect(neighbour(points, from, 1, 0)!.x).toBeGreaterThan(from.x);
    expect(neighbour(points, from, 0, -1)!.y).toBeLessThan(from.y);
  });
});

describe('scans of other folders', () => {
  const here = fakeScan(1, { source: '/data/now/RAW_DATA/a.h5', state: 'arriving' });
  const before = fakeScan(2, { source: '/data/before/b.h5' });
  // Its name begins like the watched folder's.
  const beside = fakeScan(3, { source: '/data/now2/c.h5' });
  const queue = (): Queue => {
    const made = new Queue();
    made.replaceAll([here, before, beside]);
    return made;
  };

  it('are left out, count apart, and come when they are asked for', () => {
    const made = queue();
    expect([made.here.length, made.elsewhere]).toEqual([3, 0]);
    expect(made.selected).toEqual(beside);
    made.watching('/data/now');
    expect([made.shown, made.elsewhere, made.selected]).toEqual([[here], 2, here]);
    expect([made.tally.open, made.filters.active]).toEqual([1, false]);
    made.filters.set({ elsewhere: true });
    expect([made.shown.length, made.elsewhere]).toEqual([3, 2]);
    made.filters.clear();
    expect(made.shown).toHaveLength(3);
  });

  it('leave nothing selected in a folder that has no scan yet, and all is there once nothing is watched', () => {
    const made = queue();
    made.watching('/data/empty');
    expect([made.here, made.selected]).toEqual([[], null]);
    made.watching(null);
    expect(made.here).toHaveLength(3);
  });
});
