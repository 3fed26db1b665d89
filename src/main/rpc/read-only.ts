import { BraggwatchError } from '@contract/errors';
import type { AppInfo } from '@contract/app';
import type { Emit } from '@contract/events';
import { procedures, readingProcedures, type Handlers, type ProcedureName } from '@contract/procedures';
import type { App } from '@main/app/types';

const refuse = (): never => {
  throw new BraggwatchError('read-only');
};

/** Requests of all read-only screens that may be under way at once; a page of ours never comes near. */
const maxRequests = 128;
/** Of exports, which take the most, so many. */
const maxExports = 2;

type AnyHandler = (input: unknown) => unknown;

/** Lets so many of a kind run at once; one more is refused before its handler. */
function atMost(most: number): (handler: AnyHandler) => AnyHandler {
  let running = 0;
  return (handler) => async (input) => {
    if (running >= most) throw new BraggwatchError('busy');
    running++;
    try {
      return await handler(input);
    } finally {
      running--;
    }
  };
}

/** What a read-only screen is told of itself. */
const asViewer = { readOnly: true, canOpenFolders: false } as const satisfies Partial<AppInfo>;

/**
 * The app as a read-only screen meets it: the same answers and events, and a refusal of everything that is not on the
 * contract's list of readings, procedures added later included. The page cannot talk its way around this. What all such screens ask
 * together is bounded, so that they take nothing from whoever may do everything.
 */
export function readOnlyApp(app: App): App {
  const allowed = new Set<string>(readingProcedures);
  const names = Object.keys(procedures) as ProcedureName[];
  const [request, exported] = [atMost(maxRequests), atMost(maxExports)];
  const make = app.forViewers?.['export/make'] ?? app.handlers['export/make'];
  const handlers = Object.fromEntries(
    names.map((name) => [name, allowed.has(name) ? request(app.handlers[name] as AnyHandler) : refuse]),
  );
  return {
    handlers: {
      ...(handlers as unknown as Handlers),
      'export/make': request(exported(make as AnyHandler)) as Handlers['export/make'],
      'app/info': async () => ({ ...(await app.handlers['app/info']()), ...asViewer }),
    },
    subscribe: (emit) => {
      const marked: Emit = (name, payload) =>
        emit(name, name === 'info-changed' ? { ...payload, ...asViewer } : payload);
      return app.subscribe(marked);
    },
    // A screen never ends the app.
    close: () => Promise.resolve(),
  };
}
