import { events, type Emit } from '@contract/events';
import { keysOf } from '@vocabulary/keys';
import type { Bus } from './bus';
import type { AppEvents } from './events';

/** Tells a screen everything that the contract has a name for, until the returned function is called. */
export function subscribeTo(bus: Pick<Bus<AppEvents>, 'on'>, emit: Emit): () => void {
  const listened = keysOf(events).map((name) => bus.on(name, (payload) => emit(name, payload)));
  return () => listened.forEach((stop) => stop());
}
