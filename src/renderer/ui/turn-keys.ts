import type { Turning } from './turning.svelte';

/** Radian that an arrow key turns the body by. */
const perKey = Math.PI / 36;

const acts: Readonly<Record<string, (view: Turning) => void>> = {
  ArrowLeft: (view) => view.drag(-perKey, 0),
  ArrowRight: (view) => view.drag(perKey, 0),
  ArrowUp: (view) => view.drag(0, perKey),
  ArrowDown: (view) => view.drag(0, -perKey),
  '+': (view) => view.zoomBy(1.2),
  '=': (view) => view.zoomBy(1.2),
  '-': (view) => view.zoomBy(1 / 1.2),
  Home: (view) => view.reset(),
};

/** Does what a key means on the focused body; anything else is left to the window's shortcuts. */
export function turnByKey(view: Turning, event: KeyboardEvent): void {
  const act = acts[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(view);
}
