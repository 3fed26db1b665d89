import { Alerts } from '@renderer/shell/state/alerts.svelte';
import { ScreenSettings } from '@renderer/shell/state/screen-settings.svelte';
import { Marks } from '@renderer/shell/state/marks.svelte';
import { Notices } from '@renderer/shell/state/notices.svelte';
import { OpenScan } from '@renderer/shell/state/open-scan.svelte';
import { Preferences } from '@renderer/shell/state/preferences.svelte';
import { Queue } from '@renderer/shell/state/queue.svelte';
import { Session } from '@renderer/shell/state/session.svelte';
import type { FakeConnection } from './fake-connection';

/** What all features of a window share, on a connection of the test's; a browser that keeps nothing. */
export function windowOn(connection: FakeConnection) {
  const alerts = new Alerts();
  const queue = new Queue();
  const open = new OpenScan(connection);
  const preferences = new Preferences({ getItem: () => null, setItem: () => undefined }, 'light');
  const session = new Session(connection, queue, alerts);
  const marks = new Marks(connection, queue, alerts);
  const stops = [open.follow(queue), session.start()];
  const stop = (): void => stops.forEach((each) => each());
  return {
    ...{ alerts, connection, marks, open, preferences, queue, session, stop },
    ...{ settings: new ScreenSettings(preferences.remembered), notices: new Notices() },
  };
}
