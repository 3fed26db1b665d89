import { report } from '@main/process/report';

/** Hands on what happens, by name, to whoever listens. `Events` is the table of names and what comes with each. */
export interface Bus<Events extends object> {
  /** Tells the listeners at once, in the order in which they began to listen. One that fails is reported and harms neither publisher nor others. */
  publish<N extends keyof Events & string>(name: N, event: Events[N]): void;
  /** Listens until the returned function is called. */
  on<N extends keyof Events & string>(name: N, listener: (event: Events[N]) => void): () => void;
}

export function createBus<Events extends object>(): Bus<Events> {
  const listeners: { [N in keyof Events]?: Set<(event: Events[N]) => void> } = {};
  return {
    publish(name, event) {
      for (const listener of listeners[name] ?? []) {
        try {
          listener(event);
        } catch (error) {
          report(error, `event ${name}`);
        }
      }
    },
    on(name, listener) {
      const all = (listeners[name] ??= new Set());
      all.add(listener);
      return () => void all.delete(listener);
    },
  };
}
