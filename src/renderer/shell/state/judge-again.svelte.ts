import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Job } from '@contract/jobs';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import type { Alerts } from './alerts.svelte';
import type { Marks } from './marks.svelte';
import type { Queue } from './queue.svelte';
import type { Session } from './session.svelte';

/** What has changed since the verdicts that are shown were made; `asked`: nothing, somebody just wants them anew. */
export type Reason = 'model' | 'preset' | 'geometry' | 'asked';

/** There is a verdict, or a refusal, to be made again. */
const isJudged = ({ state, judgedAt }: ScanSummary): boolean => judgedAt !== undefined && state !== 'skipped';
const isAwaited = ({ state }: ScanSummary): boolean => state === 'waiting' || state === 'reducing';

interface Tools {
  readonly connection: Connection;
  readonly alerts: Alerts;
  readonly marks: Marks;
  readonly queue: Queue;
  readonly session: Session;
}

/** Judging all that is shown again: offered where what verdicts are made from has changed, and how far it is. */
export class JudgeAgain {
  readonly #tools: Tools;
  #reason = $state<Reason | null>(null);
  #asked = $state.raw<ReadonlySet<string> | null>(null);
  #job = $state.raw<Job | null>(null);
  /** The last model that was in use: while another one is loaded, there is none. */
  #model: string | undefined;

  readonly #shown = $derived.by(() => this.#tools.queue.shown.filter(isJudged));
  readonly #left = $derived.by(
    () => this.#tools.queue.scans.filter((scan) => isAwaited(scan) && this.#asked?.has(scan.id)).length,
  );

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Why it is offered; null where it is not, or nothing that is shown has been judged. */
  get reason(): Reason | null {
    return this.#shown.length > 0 && !this.#tools.session.readOnly ? this.#reason : null;
  }

  /** How many of those shown would be judged again. */
  get count(): number {
    return this.#shown.length;
  }

  /** How many were asked for last, and how many of them still wait; null before, once that has been read, and where it was taken back. */
  get progress(): { readonly total: number; readonly left: number } | null {
    if (!this.#asked || !this.#tools.marks.judgedAgain) return null;
    return { total: this.#asked.size, left: this.#left };
  }

  /** While it goes on: how long it still takes, where that is known. */
  get secondsLeft(): number | undefined {
    return this.#job?.status === 'running' ? this.#job.secondsLeft : undefined;
  }

  /** What it can be asked now. */
  get act(): 'pause' | 'resume' | null {
    return (['pause', 'resume'] as const).find((act) => this.#job?.acts.includes(act)) ?? null;
  }

  /** Listens to the app; to be begun before the session does, which then still knows what was before. Returns the function that stops. */
  start(): () => void {
    const { connection, session } = this.#tools;
    const stops = [
      connection.on('info-changed', ({ model }) => {
        const before = this.#model ?? session.info?.model?.hash;
        this.#model = model?.hash ?? before;
        if (before !== undefined && model && model.hash !== before) this.offer('model');
      }),
      connection.on('watch-changed', ({ folder, preset }) => {
        const before = session.watch;
        if (folder !== null && before?.folder === folder && before.preset !== preset) this.offer('preset');
      }),
      connection.on('jobs-changed', (jobs) => (this.#job = jobs.find(({ kind }) => kind === 'judging') ?? null)),
    ];
    return () => stops.forEach((stop) => stop());
  }

  offer(reason: Reason): void {
    this.#reason = reason;
  }

  /** Puts away what is offered, or what was done. */
  dismiss(): void {
    this.#reason = null;
    this.#asked = null;
  }

  /** By one key: what is offered is done; otherwise it is asked first, for a whole night is a lot. */
  key(): void {
    if (this.reason === null) this.offer('asked');
    else void this.judge();
  }

  /** Judges all that is shown again. */
  async judge(): Promise<void> {
    const ids = this.#shown.map(({ id }) => id);
    this.#reason = null;
    if (await this.#tools.marks.judgeAllAgain(ids)) this.#asked = new SvelteSet(ids);
  }

  /** Holds all judging, and goes on with it. */
  async pauseOrResume(): Promise<void> {
    const [job, act] = [this.#job, this.act];
    const { alerts, connection } = this.#tools;
    if (job && act) await alerts.attempt(() => connection.call('jobs/act', { id: job.id, act }));
  }

  /** Gives back the verdicts of before. */
  async undo(): Promise<void> {
    if (await this.#tools.marks.undoVerdicts()) this.#asked = null;
  }
}

export const [useJudgeAgain, provideJudgeAgain] = createContext<JudgeAgain>();
