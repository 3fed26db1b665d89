import { BraggwatchError } from '@contract/errors';
import type { ClientFunctions, ServerFunctions } from '@contract/connection';
import { events, type Emit, type EventName } from '@contract/events';
import type { App } from '@main/app/types';
import { createBirpc } from 'birpc';
import { parseEnvelope } from './envelope';
import { dispatch } from './gate';
import { createOutbox } from './outbox';

/** Calls of one screen that may be under way at once; a page of ours never comes near. */
const maxCalls = 256;

/** One screen's wire: objects in, objects out; the transport does its own encoding. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The screen sent something that is no message of the contract; the transport decides whether to hang up. */
  refuse(): void;
}

export interface Session {
  close(): void;
}

/** News of one scan replaces older news of that scan; every other event replaces its predecessor. */
const keyOf = (name: EventName, payload: unknown): string => {
  if (name === 'scan-changed' || name === 'scan-removed') return `scan ${(payload as { id: string }).id}`;
  return name === 'inside-changed' ? `${name} ${(payload as { id: string }).id}` : name;
};

/**
 * Serves the app to one screen until `close`: requests through the gate, events checked and back-pressured.
 * @param report told of events that break the contract, which are dropped
 */
export function openSession(app: App, channel: Channel, report: (error: unknown) => void): Session {
  let calls = 0;
  const request = async (name: string, input?: unknown): ReturnType<ServerFunctions['request']> => {
    if (calls >= maxCalls) {
      return { ok: false, error: new BraggwatchError('request-invalid', 'too many calls at once').toProblem() };
    }
    calls += 1;
    try {
      return await dispatch(app.handlers, name, input);
    } finally {
      calls -= 1;
    }
  };

  const rpc = createBirpc<ClientFunctions, ServerFunctions, false>(
    { request },
    {
      proxify: false,
      post: (message) => channel.post(message),
      on: (receive) =>
        channel.onMessage((message) => {
          try {
            receive(parseEnvelope(message));
          } catch {
            channel.refuse();
          }
        }),
      // A reply that can no longer be sent concerns nobody: the screen is gone.
      onGeneralError: () => true,
    },
  );

  const outbox = createOutbox();
  const emit: Emit = (name, payload) => {
    const checked = events[name].safeParse(payload);
    if (!checked.success)
      return report(new BraggwatchError('internal', `event ${name} breaks the contract`, { cause: checked.error }));
    // A call, not a one-way event: its reply is the screen's acknowledgement.
    outbox.push(keyOf(name, checked.data), () => rpc.$call('event', name, checked.data));
  };
  const unsubscribe = app.subscribe(emit);

  return {
    close() {
      unsubscribe();
      outbox.close();
      rpc.$close();
    },
  };
}
