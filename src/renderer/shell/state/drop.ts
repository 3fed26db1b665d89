import { liesIn } from '@renderer/shell/filter/filter';
import { useAlerts } from './alerts.svelte';
import { useConnection } from './connection';
import { useNotices } from './notices.svelte';
import { useQueue } from './queue.svelte';
import { useSession } from './session.svelte';
import { shellText } from '@renderer/shell/words';

/** How dropped paths are handed to the app: folders are watched, scans are judged. To be called while a component is made. */
export function useDrop(): (paths: readonly string[]) => Promise<void> {
  const [alerts, connection, notices, queue, session] = [
    useAlerts(),
    useConnection(),
    useNotices(),
    useQueue(),
    useSession(),
  ];
  return async (paths) => {
    let scans = 0;
    for (const path of paths)
      await alerts.attempt(async () => {
        const dropped = await connection.call('files/drop', { path });
        if (dropped.is === 'folder') return notices.say(shellText.drop.folder(dropped.path));
        notices.say(shellText.drop.scans(++scans));
        const { folder } = session.watch ?? {};
        if (folder && !liesIn(folder)({ source: dropped.path })) queue.filters.set({ elsewhere: true });
        const known = queue.scans.find(({ source }) => source === dropped.path);
        if (known) queue.select(known.id);
      });
  };
}
