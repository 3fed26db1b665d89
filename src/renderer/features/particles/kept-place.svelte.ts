/** The keyboard's place in a list of particles, before it was ordered anew. */
interface Place {
  readonly element: HTMLElement;
  readonly id: string;
  /** What stood below it, the next first. */
  readonly below: readonly string[];
  readonly index: number;
}

const idOf = (row: HTMLElement): string => row.dataset['candidate'] ?? '';

/**
 * Keeps the keyboard's place in a list whose rows move: a browser takes the focus from an element that moves, and the arrows would lead
 * nowhere. It stays with its particle, so that what is queued and then copied is the same one. Where a key said that the particle is done
 * with, it goes on to the one that stood below; where the particle is gone, to what stands in its place.
 *
 * To be made in a component, before its list is drawn.
 * @param panel that holds the rows
 * @param rows what can be focused of each particle, `data-candidate` its id, in their order
 * @param ids of the list, in their order, read reactively
 * @returns to be called with a particle's id when a key says that it is done with
 */
export function keepPlace(
  panel: () => HTMLElement | undefined,
  rows: () => readonly HTMLElement[],
  ids: () => readonly string[],
): (done: string) => void {
  let place: Place | null = null;
  let done: string | null = null;

  $effect.pre(() => {
    void ids();
    place = placeOf(panel(), rows);
  });

  $effect(() => {
    const now = ids();
    if (!place) return;
    const { element, id, below, index } = place;
    const moved = now[index] !== id;
    if (moved && done === id) {
      const next = below.find((each) => now.includes(each));
      (rows().find((row) => idOf(row) === next) ?? element).focus();
    } else if (document.activeElement === document.body) {
      // Not scrolled to: somebody with a mouse looks at where the row was.
      if (element.isConnected) element.focus({ preventScroll: true });
      else
        rows()
          .at(Math.min(index, now.length - 1))
          ?.focus();
    }
    if (moved) done = null;
  });

  return (id) => (done = id);
}

function placeOf(panel: HTMLElement | undefined, rows: () => readonly HTMLElement[]): Place | null {
  const element = document.activeElement;
  if (!panel || !(element instanceof HTMLElement) || !panel.contains(element)) return null;
  const all = rows();
  const index = all.findIndex((row) => row === element || row.closest('li')?.contains(element));
  const row = all[index];
  return row ? { element, id: idOf(row), index, below: all.slice(index + 1).map(idOf) } : null;
}
