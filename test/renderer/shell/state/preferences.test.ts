import { describe, expect, it } from 'vitest';
import { Preferences } from '@renderer/shell/state/preferences.svelte';

function memory(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('Preferences', () => {
  it('follow the system until a theme is chosen, and survive a restart', () => {
    const storage = memory();
    const first = new Preferences(storage, 'light');
    first.followSystem('dark');
    expect(first.theme).toBe('dark');
    first.cycleTheme();
    expect([first.theme, first.colourMap]).toEqual(['night', 'red']);
    first.cycleTheme();
    first.followSystem('dark');
    expect([first.theme, first.colourMap]).toEqual(['light', 'viridis']);
    first.setScale('symlog');
    first.nextColourMap();
    const second = new Preferences(storage, 'dark');
    expect([second.theme, second.scale, second.colourMap]).toEqual(['light', 'symlog', 'cividis']);
  });

  it('ignore what they never wrote', () => {
    const preferences = new Preferences(
      memory({ 'braggwatch.theme': 'purple', 'braggwatch.colour-map': 'jet' }),
      'dark',
    );
    expect([preferences.theme, preferences.colourMap]).toEqual(['dark', 'viridis']);
  });

  it('work where storage is forbidden', () => {
    const forbidden = {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    const preferences = new Preferences(forbidden, 'light');
    preferences.cycleTheme();
    expect(preferences.theme).toBe('dark');
  });
});
