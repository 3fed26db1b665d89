import { viewNames } from './names';
import type { Parts } from './parts';
import { handledElsewhere, keyGroups, type Shortcut } from './shortcut';
import { shellText } from './words';
import type { JudgeAgain } from './state/judge-again.svelte';
import type { Dialogs } from './state/dialogs.svelte';
import type { Preferences } from './state/preferences.svelte';

interface Tools {
  readonly again: JudgeAgain;
  readonly dialogs: Dialogs;
  readonly preferences: Preferences;
  readonly parts: Parts;
}

/** The shell's own keys: theme, views, the folder that is watched, judging all again, help. */
export function shellKeys({ again, dialogs, preferences, parts }: Tools): readonly Shortcut[] {
  const group = keyGroups.view;
  return [
    {
      group: keyGroups.scans,
      keys: ['R'],
      shown: 'Shift+R',
      does: shellText.judgeAgain.does,
      run: () => again.key(),
    },
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
