import type { EventName, EventPayload } from '@contract/events';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '@contract/procedures';

/** `refused`: an app answers that was started anew, under another address; `lost`: none answers. */
export type ConnectionStatus = 'connecting' | 'open' | 'lost' | 'refused';

/** The screen's one way to the app, the same over a MessagePort (Electron) and a WebSocket (web shell). */
export interface Connection {
  /** @throws BraggwatchError with the app's code and message */
  call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Told the present status at once, then every change; a lost web socket reconnects by itself. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
}
