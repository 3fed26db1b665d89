import type { Feature } from '@renderer/shell/feature';
import { useMarks } from '@renderer/shell/state/marks.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import { queueKeys } from './keys';
import QueuePanel from './QueuePanel.svelte';

/** The list of scans. */
export const queue: Feature = {
  panels: { watch: QueuePanel },
  keys: () => queueKeys(useQueue(), useMarks(), useSession()),
};
