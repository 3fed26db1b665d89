import type { EventName, EventPayload } from '@contract/events';
import type { ProcedureName, ProcedureOutput } from '@contract/procedures';
import type { Connection, ConnectionStatus } from '@renderer/connection/types';

type Answer = (input: never) => unknown;

/** A connection whose answers the test gives, and whose events and losses it makes. */
export class FakeConnection implements Connection {
  readonly calls: { readonly name: string; readonly input: unknown }[] = [];
  readonly #answers: Partial<Record<ProcedureName, Answer>>;
  readonly #listeners = new Map<string, ((payload: never) => void)[]>();
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>();

  constructor(answers: Partial<Record<ProcedureName, Answer>>) {
    this.#answers = answers;
  }

  async call<N extends ProcedureName>(name: N, input: unknown): Promise<ProcedureOutput<N>> {
    this.calls.push({ name, input });
    return (await this.#answers[name]?.(input as never)) as ProcedureOutput<N>;
  }

  on(name: EventName, listener: (payload: never) => void): () => void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return () => {
      const others = (this.#listeners.get(name) ?? []).filter((each) => each !== listener);
      this.#listeners.set(name, others);
    };
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#statusListeners.add(listener);
    listener('connecting');
    return () => this.#statusListeners.delete(listener);
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  status(status: ConnectionStatus): void {
    for (const listener of this.#statusListeners) listener(status);
  }
}

/** Lets everything run that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
