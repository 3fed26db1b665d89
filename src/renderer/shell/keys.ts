import { viewNames } from './names';
import type { Parts } from './parts';
import { handledElsewhere, keyGroups, type Shortcut } from './shortcut';
import type { Dialogs } from './state/dialogs.svelte';
import type { Preferences } from './state/preferences.svelte';

/** The shell's own keys: theme, views, the folder that is watched, help. */
export function shellKeys(dialogs: Dialogs, preferences: Preferences, parts: Parts): readonly Shortcut[] {
  const group = keyGroups.view;
  return [
    {
      group,
      keys: ['t'],
      shown: 't',
      does: 'Next theme (light, dark, night)',
      run: () => preferences.cycleTheme(),
    },
    { group, keys: ['o'], shown: 'o', does: 'Choose the folder to watch', run: () => dialogs.show('folder') },
    ...viewNames.map((name, n): Shortcut => ({
      group,
      keys: [String(n + 1)],
      shown: String(n + 1),
      does: parts.titleOf(name),
      run: () => preferences.setView(name),
    })),
    { group, keys: ['?'], shown: '?', does: 'This sheet', run: () => dialogs.show('help') },
    handledElsewhere(group, 'Esc', 'Close a dialog'),
  ];
}
