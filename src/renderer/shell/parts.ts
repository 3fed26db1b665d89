import { createContext, type Component } from 'svelte';
import type { Feature, Load, Panels, View, ViewTelling } from './feature';
import { idle } from './idle';
import type { DialogName, ViewName } from './names';
import type { SlotName, Slots } from './slots';
import { shellText } from './words';

/** Whatever the features put together, by its place. */
export class Parts {
  readonly #panels: readonly Panels[];
  readonly #views = new Map<ViewName, View>();
  readonly #dialogs = new Map<string, Load>();
  readonly #tellings = new Map<ViewName, ViewTelling>();

  /** @throws Error where two features claim one name: one of them would never be seen */
  constructor(features: readonly Feature[]) {
    this.#panels = features.flatMap(({ panels }) => panels ?? []);
    for (const { views = [], dialogs = {} } of features) {
      for (const view of views) claim(this.#views, view.name, view);
      for (const [name, load] of Object.entries(dialogs)) claim(this.#dialogs, name, load);
    }
  }

  panels<S extends SlotName>(slot: S): readonly Component<Slots[S]>[] {
    return this.#panels.flatMap((panels) => panels[slot] ?? []);
  }

  /** Asks the views what they tell outside; called once all state has been handed down. */
  begin(): void {
    for (const { name, tells } of this.#views.values()) if (tells) this.#tellings.set(name, tells());
  }

  tellingOf(name: ViewName): ViewTelling | undefined {
    return this.#tellings.get(name);
  }

  /** On a view's tab. */
  titleOf(name: ViewName): string {
    return this.#views.get(name)?.title ?? shellText.views.watch;
  }

  /** One of a feature's; undefined for Watch, which is the shell's. */
  view(name: ViewName): View | undefined {
    return this.#views.get(name);
  }

  dialog(name: DialogName): Load | undefined {
    return this.#dialogs.get(name);
  }

  /** Fetches all that is not in the first picture while there is nothing else to do, so that none is waited for later, nor missed when the app is gone. */
  async loadAhead(): Promise<void> {
    for (const load of [...this.#dialogs.values(), ...[...this.#views.values()].map((view) => view.load)]) {
      await idle();
      // Asked for again, and told of, when it is wanted.
      await load().catch(() => undefined);
    }
  }
}

function claim<K, V>(taken: Map<K, V>, name: K, value: V): void {
  if (taken.has(name)) throw new Error(`two features have a part named ${String(name)}`);
  taken.set(name, value);
}

/** What the features put together, for the shell's own components. */
export const [useParts, provideParts] = createContext<Parts>();
