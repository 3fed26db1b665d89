import type { Emit } from '@contract/events';
import type { Handlers } from '@contract/procedures';

/** The running app behind either shell: the use cases, and who wants to hear of changes. */
export interface App {
  readonly handlers: Handlers;
  /** What answers in place of these where a screen may only look: its exports are no jobs of whoever works with the app. */
  readonly forViewers?: Pick<Handlers, 'export/make'>;
  /** Calls `emit` at every change until the returned function is called. */
  subscribe(emit: Emit): () => void;
  /** Stops watching, ends the child processes, closes the ledger. */
  close(): Promise<void>;
}

/** Opens the shell's native folder dialog; null where the user cancels. */
export type PickFolder = (purpose: 'watch' | 'dataset') => Promise<string | null>;
