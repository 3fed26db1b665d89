import { onMount } from 'svelte';
import type { Connection } from '@renderer/connection/types';
import type { Feature } from './feature';
import { Filters } from './filter/filters.svelte';
import { Keyboard, provideKeyboard } from './keyboard';
import { shellKeys } from './keys';
import { Parts, provideParts } from './parts';
import { Alerts, provideAlerts } from './state/alerts.svelte';
import { provideConnection } from './state/connection';
import { Comparison, provideComparison } from './state/comparison.svelte';
import { Dialogs, provideDialogs } from './state/dialogs.svelte';
import { ScreenSettings, provideScreenSettings } from './state/screen-settings.svelte';
import { JudgeAgain, provideJudgeAgain } from './state/judge-again.svelte';
import { Marks, provideMarks } from './state/marks.svelte';
import { Middle, provideMiddle } from './state/middle.svelte';
import { Notices, provideNotices } from './state/notices.svelte';
import { OpenScan, provideOpenScan } from './state/open-scan.svelte';
import { providePreferences, type Preferences } from './state/preferences.svelte';
import { provideQueue, Queue } from './state/queue.svelte';
import { provideSession, Session } from './state/session.svelte';
import { provideSight, watchSight, type Sight } from './state/sight';
import { provideSliceView, SliceView } from './state/slice-view.svelte';

export interface Opening {
  readonly connection: Connection;
  readonly preferences: Preferences;
  readonly features: readonly Feature[];
}

/** What the window's own component needs of what it hands down. */
export interface Window {
  readonly dialogs: Dialogs;
  readonly keyboard: Keyboard;
  readonly notices: Notices;
  readonly parts: Parts;
  readonly preferences: Preferences;
  readonly queue: Queue;
  readonly session: Session;
}

/** Makes what all features share, then what each has of its own, and hands both down; to be called once, while the window is made. */
export function provideWindow({ connection, preferences, features }: Opening): Window {
  const parts = provideParts(new Parts([shell, ...features]));
  provideConnection(connection);
  providePreferences(preferences);
  provideScreenSettings(new ScreenSettings(preferences.remembered));
  provideSliceView(new SliceView());
  const alerts = provideAlerts(new Alerts(preferences.remembered));
  const dialogs = provideDialogs(new Dialogs());
  const notices = provideNotices(new Notices());
  const queue = provideQueue(new Queue(new Filters(preferences)));
  const open = provideOpenScan(new OpenScan(connection));
  const comparison = provideComparison(new Comparison(connection, queue));
  provideMiddle(new Middle());
  const session = provideSession(new Session(connection, queue, alerts));
  const marks = provideMarks(new Marks(connection, queue, alerts));
  const again = provideJudgeAgain(new JudgeAgain({ connection, alerts, marks, queue, session }));
  const watching = watchSight(open, queue);
  const sight = (): Sight => parts.tellingOf(preferences.view)?.sight ?? watching;
  provideSight({
    get volume() {
      return sight().volume;
    },
    get loading() {
      return sight().loading;
    },
    get title() {
      return sight().title;
    },
  });

  for (const { provide } of features) provide?.();
  parts.begin();
  const shortcuts = [
    ...features.flatMap(({ keys }) => keys?.() ?? []),
    ...shellKeys({ again, dialogs, preferences, parts }),
  ];
  const keyboard = provideKeyboard(new Keyboard(shortcuts, dialogs, preferences));

  // After the features' own listeners, which were set up above: they hear of a scan while the queue still holds what was known before.
  onMount(() => open.follow(queue));
  onMount(() => comparison.start());
  onMount(() => notices.follow(queue));
  onMount(() => again.start());
  onMount(() => session.start());
  return { dialogs, keyboard, notices, parts, preferences, queue, session };
}

const shell: Feature = {
  dialogs: { folder: () => import('./FolderDialog.svelte'), help: () => import('./HelpDialog.svelte') },
};
