import { BraggwatchError } from '@contract/errors';
import type { Emit } from '@contract/events';
import { procedures, readingProcedures, type Handlers, type ProcedureName } from '@contract/procedures';
import type { App } from '@main/app/types';

const refuse = (): never => {
  throw new BraggwatchError('read-only');
};

/**
 * The app as a read-only screen meets it: the same answers and events, and a refusal of everything that is not on the
 * contract's list of readings, procedures added later included. The page cannot talk its way around this.
 */
export function readOnlyApp(app: App): App {
  const allowed = new Set<string>(readingProcedures);
  const names = Object.keys(procedures) as ProcedureName[];
  const handlers = Object.fromEntries(names.map((name) => [name, allowed.has(name) ? app.handlers[name] : refuse]));
  return {
    handlers: {
      ...(handlers as unknown as Handlers),
      'app/info': async () => ({ ...(await app.handlers['app/info']()), readOnly: true }),
    },
    subscribe: (emit) => {
      const marked: Emit = (name, payload) =>
        emit(name, name === 'info-changed' ? { ...payload, readOnly: true } : payload);
      return app.subscribe(marked);
    },
    // A screen never ends the app.
    close: () => Promise.resolve(),
  };
}
