import { render } from 'svelte/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { features } from '@renderer/features';
import type { Feature } from '@renderer/shell/feature';
import { viewNames } from '@renderer/shell/names';
import { Parts } from '@renderer/shell/parts';
import type { Shortcut } from '@renderer/shell/shortcut';
import { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { Window } from '@renderer/shell/window';
import { FakeConnection } from '../support/fake-connection';
import WindowProbe from '../support/WindowProbe.svelte';

/** The app's own window, with all features in it. */
function openWindow(): Window {
  let opened: Window | undefined;
  const preferences = new Preferences({ getItem: () => null, setItem: () => undefined }, 'light');
  const opening = { connection: new FakeConnection({}), preferences, features };
  const { body } = render(WindowProbe, { props: { opening, look: (window: Window) => (opened = window) } });
  if (!opened) throw new Error(`the window did not open: ${body}`);
  return opened;
}

describe('what the features put together', () => {
  beforeAll(() => void vi.stubGlobal('window', {}));
  afterAll(() => void vi.unstubAllGlobals());

  it('gives no key two meanings in one place', () => {
    const shortcuts = openWindow().keyboard.groups.flatMap(({ shortcuts: own }) => own);
    const places = (shortcut: Shortcut): string[] => {
      const { keys, ctrl, onSlice, in: where, when } = shortcut;
      const scope = onSlice ? ['slice'] : where === undefined ? ['everywhere'] : [where].flat();
      expect(when?.() ?? true).toBe(true);
      return keys.flatMap((key) => scope.map((place) => `${ctrl ? 'Ctrl+' : ''}${key} in ${place}`));
    };
    const all = shortcuts.flatMap(places);
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter((place, n) => all.indexOf(place) !== n)).toEqual([]);
    // A view's own key goes before one that holds everywhere, and hides it there: none but these does. The overview filters by classes'
    // letters, and a training is paused.
    const hidden = all.filter((place) => {
      const [key, where] = place.split(' in ') as [string, string];
      return where !== 'everywhere' && where !== 'slice' && all.includes(`${key} in everywhere`);
    });
    expect(hidden.toSorted()).toEqual(['p in overview', 'p in train', 's in overview']);
  });

  it('has a view for each tab, and a file for each dialog that can be opened', async () => {
    const { parts } = openWindow();
    for (const name of viewNames) expect(parts.titleOf(name)).not.toBe('');
    for (const name of viewNames.slice(1)) expect(parts.view(name)?.name).toBe(name);
    for (const name of ['folder', 'beamline', 'help', 'export', 'settings', 'jobs', 'share'] as const)
      expect(await parts.dialog(name)?.()).toHaveProperty('default');
  });

  it('names the headings of the help sheet as before', () => {
    expect(openWindow().keyboard.groups.map(({ title }) => title)).toEqual([
      'Scans',
      'By hand',
      'Overview and filter',
      'Simulate',
      'Train',
      'Cuts',
      'View',
    ]);
  });
});

it('lets no feature hide another: one name, one part', () => {
  const load = () => Promise.reject(new Error('not asked for'));
  const view: Feature = { views: [{ name: 'train', title: 'Train', load }] };
  expect(() => new Parts([view, view])).toThrow('train');
  expect(() => new Parts([{ dialogs: { jobs: load } }, { dialogs: { jobs: load } }])).toThrow('jobs');
});
