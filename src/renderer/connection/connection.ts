import { BraggwatchError, fromProblem } from '@contract/errors';
import type { ClientFunctions, ServerFunctions } from '@contract/connection';
import type { EventName, EventPayload } from '@contract/events';
import { createBirpc, type BirpcReturn } from 'birpc';
import { FrameBatch } from './frame-batch';
import type { Transport, Wire } from './transport';
import type { Connection, ConnectionStatus } from './types';

type Rpc = BirpcReturn<ServerFunctions, ClientFunctions, false>;
type Listener = (payload: never) => void;

/** A dialog may stay open for hours; what ends a wait is the wire's loss, not the clock. */
const noTimeout = -1;

interface AppEvent {
  readonly name: string;
  readonly payload: unknown;
}

/**
 * The screen's connection over any transport. Events that come within one frame are told of together, so that the page
 * changes once; no reply and no change of status overtakes an event that came before it. After a loss nothing is
 * replayed: whoever shows state loads it again when the status becomes `open`, so a screen that slept is right as soon
 * as it is back.
 */
export function createConnection(transport: Transport): Connection {
  let status: ConnectionStatus = 'connecting';
  let rpc: Rpc | undefined;
  let receive: (message: unknown) => void = () => undefined;
  const statusListeners = new Set<(status: ConnectionStatus) => void>();
  const listeners = new Map<string, Set<Listener>>();

  /** One panel's bug must not keep the event from the others. */
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      reportError(error);
    }
  };
  const events = new FrameBatch<AppEvent>((all) => {
    for (const { name, payload } of all)
      for (const listener of [...(listeners.get(name) ?? [])]) guarded(() => listener(payload as never));
  });

  const setStatus = (next: ConnectionStatus): void => {
    if (next === status) return;
    status = next;
    for (const listener of [...statusListeners]) listener(next);
  };

  const settled = (): Promise<unknown> => new Promise((resolve) => statusListeners.add(resolve));

  const functions: ClientFunctions = {
    event: (name, payload) => events.add({ name, payload }),
  };

  const openRpc = (wire: Wire): Rpc =>
    createBirpc<ServerFunctions, ClientFunctions, false>(functions, {
      proxify: false,
      timeout: noTimeout,
      post: (message) => wire.send(message),
      on: (listener) => {
        receive = listener;
      },
    });

  transport({
    opened(wire) {
      rpc = openRpc(wire);
      setStatus('open');
    },
    message: (message) => receive(message),
    lost(refused = false) {
      events.flush();
      rpc?.$close(new BraggwatchError('connection-lost'));
      rpc = undefined;
      setStatus(refused ? 'refused' : 'lost');
    },
  });

  return {
    async call(name, input) {
      if (status === 'connecting') await settled();
      if (!rpc) throw new BraggwatchError('connection-lost');
      // Left out, not undefined: msgpack would make null of it.
      const reply = await (input === undefined ? rpc.$call('request', name) : rpc.$call('request', name, input));
      events.flush();
      if (!reply.ok) throw fromProblem(reply.error);
      // The app's gate has checked the reply against the schema of this name.
      return reply.value as never;
    },
    on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    onStatus(listener) {
      statusListeners.add(listener);
      listener(status);
      return () => {
        statusListeners.delete(listener);
      };
    },
  };
}
