import { createContext } from 'svelte';
import type { ParticleWord, Regrouped, Regrouping } from '@contract/particle';
import type { ScanSummary } from '@contract/scan';
import type { Connection } from '@renderer/connection/types';
import type { Alerts } from './alerts.svelte';
import { sameMark, type Mark, type MarkValue } from './mark';
import type { Queue } from './queue.svelte';
import { Unsent } from './unsent.svelte';
import type { DefectClass } from '@vocabulary/classes';
import type { Plan } from '@vocabulary/screening';
import { shellText } from '@renderer/shell/words';

/** One thing done by hand on this screen. */
interface Step {
  readonly scan: string;
  readonly what: Mark | 'particle' | 'verdicts';
  /** @returns whether it was done: not where somebody else has changed it since, which is said */
  readonly back: () => Promise<boolean>;
  readonly again: () => Promise<boolean>;
}

/** Steps that can be taken back. */
const kept = 100;

/** Flags, notes, overruled classes, plans and which scans are of one particle: set here, taken back with undo, done again with redo. */
export class Marks {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #alerts: Alerts;
  #done = $state.raw<readonly Step[]>([]);
  #undone = $state.raw<readonly Step[]>([]);
  #said = $state('');
  #turn: Promise<unknown> = Promise.resolve();
  readonly #unsent: Unsent;

  constructor(connection: Connection, queue: Queue, alerts: Alerts) {
    this.#connection = connection;
    this.#queue = queue;
    this.#alerts = alerts;
    this.#unsent = new Unsent(connection, queue, alerts, (mark, scan) =>
      this.#say(shellText.undo.changed(shellText.undo.marks[mark], scan)),
    );
    // What was made while the app was away is sent when it is back.
    connection.onStatus((status) => {
      if (status === 'open') void this.#inTurn(() => this.#unsent.sendAll());
    });
  }

  /** Marks that wait until the app is back. */
  get unsent(): number {
    return this.#unsent.count;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  /** Many scans were judged again from here, and that has not been taken back. */
  get judgedAgain(): boolean {
    return this.#done.some(({ what }) => what === 'verdicts');
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** What undo or redo did last, in words. */
  get said(): string {
    return this.#said;
  }

  /** @returns whether the app took it, as those below */
  flag(id: string, flagged: boolean): Promise<boolean> {
    return this.#setInTurn(id, 'flagged', flagged);
  }

  note(id: string, note: string): Promise<boolean> {
    return this.#setInTurn(id, 'note', note);
  }

  /** A person's class beside the network's; null goes back to the network's alone. @param by who says so; empty: the account */
  async overrule(id: string, of: DefectClass | null, by: string): Promise<boolean> {
    const now = this.#find(id)?.overruled?.class ?? null;
    return of === now || this.#setInTurn(id, 'overruled', of ? { class: of, ...(by && { by }) } : undefined);
  }

  /** What is to be done about its particle; null takes the word back. */
  plan(id: string, plan: Plan | null): Promise<boolean> {
    return this.#setInTurn(id, 'plan', plan ?? undefined);
  }

  /** Which scans are of one particle. @returns whether the app took it */
  regroup(asked: Exclude<Regrouping, { do: 'put' }>): Promise<boolean> {
    return this.#inTurn(async () => {
      const scan = this.#find(asked.id);
      const done = scan && (await this.#regroup(asked));
      if (!done || done.after.length === 0) return done !== undefined;
      const move = (from: readonly ParticleWord[], to: readonly ParticleWord[]) => async (): Promise<boolean> => {
        const isLeft = from.every(({ id, particle }) => (this.#find(id)?.particle ?? null) === particle);
        if (isLeft) return (await this.#regroup({ do: 'put', words: [...to] })) !== undefined;
        this.#say(shellText.undo.changed(shellText.undo.marks.particle, scan.scan));
        return false;
      };
      this.#did({
        scan: scan.scan,
        what: 'particle',
        back: move(done.after, done.before),
        again: move(done.before, done.after),
      });
      return true;
    });
  }

  /** Judges many scans again, to be taken back as one step. @returns whether the app took it */
  judgeAllAgain(ids: readonly string[]): Promise<boolean> {
    return this.#inTurn(async () => {
      let count = 0;
      const again = (): Promise<boolean> =>
        this.#alerts.attempt(async () => {
          ({ count } = await this.#connection.call('scans/judge-all-again', { ids: [...ids] }));
        });
      const back = (): Promise<boolean> =>
        this.#alerts.attempt(() => this.#connection.call('scans/judge-all-undo', undefined));
      if (!(await again())) return false;
      this.#did({ scan: shellText.undo.scans(count), what: 'verdicts', back, again });
      this.#say(shellText.undo.judgedAgain(shellText.undo.scans(count)));
      return true;
    });
  }

  #find(id: string): ScanSummary | undefined {
    return this.#queue.scans.find((scan) => scan.id === id);
  }

  #setInTurn<M extends Mark>(id: string, mark: M, value: MarkValue<M>): Promise<boolean> {
    return this.#inTurn(() => this.#set(id, mark, value));
  }

  undo(): Promise<boolean> {
    return this.#inTurn(() => this.#undo());
  }

  redo(): Promise<void> {
    return this.#inTurn(() => this.#redo());
  }

  /** Keys come faster than the app answers: an undo takes back what the press before it did, whole. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(action);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #set<M extends Mark>(id: string, mark: M, value: MarkValue<M>): Promise<boolean> {
    const scan = this.#find(id);
    if (!scan || sameMark(scan[mark], value)) return scan !== undefined;
    const before = scan[mark];
    const changed = await this.#unsent.send(scan, mark, value);
    if (!changed) return false;
    // As the app recorded it: an overruled class comes back with who and when.
    const after = changed[mark];
    const of = { id, scan: scan.scan, mark };
    this.#did({
      scan: scan.scan,
      what: mark,
      back: () => this.#move(of, after, before),
      again: () => this.#move(of, before, after),
    });
    return true;
  }

  #did(step: Step): void {
    this.#done = [...this.#done, step].slice(-kept);
    this.#undone = [];
    this.#said = '';
  }

  /** Takes back that many scans were judged again, whatever was done since. @returns whether that was done */
  undoVerdicts(): Promise<boolean> {
    return this.#inTurn(() => this.#undo(this.#done.findLast(({ what }) => what === 'verdicts')));
  }

  async #undo(step = this.#done.at(-1)): Promise<boolean> {
    if (!step) {
      this.#say(shellText.undo.nothing);
      return false;
    }
    this.#done = this.#done.filter((each) => each !== step);
    if (!(await step.back())) return false;
    this.#undone = [...this.#undone, step];
    this.#say(shellText.undo.undone(shellText.undo.marks[step.what], step.scan));
    return true;
  }

  async #redo(): Promise<void> {
    const step = this.#undone.at(-1);
    if (!step) return this.#say(shellText.undo.nothingToRedo);
    this.#undone = this.#undone.slice(0, -1);
    if (await step.again()) {
      this.#done = [...this.#done, step];
      this.#say(shellText.undo.redone(shellText.undo.marks[step.what], step.scan));
    }
  }

  /** Only where nobody else has changed the mark since: a colleague's word is not taken back unasked. */
  async #move(
    { id, scan, mark }: { readonly id: string; readonly scan: string; readonly mark: Mark },
    from: MarkValue,
    to: MarkValue,
  ): Promise<boolean> {
    const now = this.#find(id);
    if (!now || !sameMark(now[mark], from)) {
      this.#say(shellText.undo.changed(shellText.undo.marks[mark], scan));
      return false;
    }
    return (await this.#unsent.send(now, mark, to)) !== undefined;
  }

  async #regroup(asked: Regrouping): Promise<Regrouped | undefined> {
    let done: Regrouped | undefined;
    await this.#alerts.attempt(async () => {
      done = await this.#connection.call('particles/regroup', asked);
      for (const scan of done.changed) this.#queue.upsert(scan);
    });
    return done;
  }

  #say(words: string): void {
    this.#said = words;
  }
}

export const [useMarks, provideMarks] = createContext<Marks>();
