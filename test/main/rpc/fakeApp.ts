import type { EventName, EventPayload } from '@contract/events';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import type { App } from '@main/app/types';

export const summary = (over: Partial<ScanSummary> = {}): ScanSummary => ({
  id: 'scan-1',
  scan: 'S0001',
  source: '/data/scan.h5',
  format: 'bliss',
  state: 'arriving',
  title: 'rocking',
  framesPresent: 3,
  framesExpected: 100,
  warnings: [],
  flagged: false,
  note: '',
  seenAt: '2026-01-01T00:00:00.000Z',
  ...over,
});

export interface FakeApp extends App {
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  /** Screens subscribed right now. */
  readonly screens: () => number;
}

const unasked = (): never => {
  throw new Error('not expected in this test');
};

/** An App whose handlers the test gives; every other handler fails the call. */
export function fakeApp(given: Partial<Handlers> = {}): FakeApp {
  const emits = new Set<(name: EventName, payload: never) => void>();
  const handlers = new Proxy(given, { get: (target, name) => Reflect.get(target, name) ?? unasked }) as Handlers;
  return {
    handlers,
    subscribe(emit) {
      emits.add(emit);
      return () => emits.delete(emit);
    },
    close: () => Promise.resolve(),
    emit: (name, payload) => emits.forEach((emit) => emit(name, payload as never)),
    screens: () => emits.size,
  };
}
