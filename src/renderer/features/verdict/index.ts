import type { Feature } from '@renderer/shell/feature';
import { useScreenSettings } from '@renderer/shell/state/screen-settings.svelte';
import { useMarks } from '@renderer/shell/state/marks.svelte';
import { useNotices } from '@renderer/shell/state/notices.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import { useSession } from '@renderer/shell/state/session.svelte';
import { handKeys } from './keys';
import VerdictPanel from './VerdictPanel.svelte';

/** What the network says of a scan, what people say, and what it was measured with. */
export const verdict: Feature = {
  panels: { watch: VerdictPanel },
  keys: () =>
    handKeys({
      settings: useScreenSettings(),
      marks: useMarks(),
      notices: useNotices(),
      queue: useQueue(),
      session: useSession(),
    }),
};
