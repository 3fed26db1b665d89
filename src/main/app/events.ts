import type { Problem } from '@contract/errors';
import type { EventName, EventPayload } from '@contract/events';
import type { VerdictLine } from '@contract/scan';

/**
 * Everything that happens in the running app and that another part of it wants to know. What its screens are told has the contract's
 * name and payload; the rest stays inside. Who publishes and who listens stands in `app/index`, nowhere else.
 */
export type AppEvents = { readonly [N in EventName]: EventPayload<N> } & {
  /** A scan was judged or refused; early verdicts are told, too. */
  readonly 'line-made': VerdictLine;
  /** A folder is watched from now on: another one, or the same anew. */
  readonly 'watch-begun': { readonly folder: string };
  /** Something keeps scans from being judged for no fault of their own; null: no longer. */
  readonly 'judging-hindered': Problem | null;
  /** An answer, a preset or the model is another: what waited for it, or failed for want of it, can be judged. */
  readonly 'setup-changed': { readonly what: 'preset' | 'answers' | 'model' };
};
