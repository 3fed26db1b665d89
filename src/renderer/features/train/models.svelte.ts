import type { ModelEntry, ModelShelf } from '@contract/training';
import type { Connection } from '@renderer/connection/types';

/** The models and trainings there are, which of them is looked at, and which one it is compared with. */
export class Models {
  readonly #connection: Connection;
  #shelf = $state.raw<ModelShelf | null>(null);
  #chosenId = $state<string | null>(null);
  #otherId = $state<string | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get all(): readonly ModelEntry[] {
    return this.#shelf?.models ?? [];
  }

  /** What makes the verdicts. */
  get active(): string | null {
    return this.#shelf?.active ?? null;
  }

  /** What made them before, where it is still there. */
  get previous(): ModelEntry | null {
    return this.all.find(({ id }) => id === this.#shelf?.previous) ?? null;
  }

  get chosen(): ModelEntry | null {
    return this.all.find(({ id }) => id === (this.#chosenId ?? this.active)) ?? this.all[0] ?? null;
  }

  get other(): ModelEntry | null {
    return this.all.find(({ id }) => id === this.#otherId && id !== this.chosen?.id) ?? null;
  }

  choose(id: string): void {
    this.#chosenId = id;
  }

  compareWith(id: string | null): void {
    this.#otherId = id;
  }

  /** Chooses the next one of the list, or the one before. */
  step(by: number): void {
    const at = this.all.findIndex(({ id }) => id === this.chosen?.id);
    const next = this.all[Math.min(this.all.length - 1, Math.max(0, at + by))];
    if (next) this.choose(next.id);
  }

  start(): () => void {
    return this.#connection.on('models-changed', (shelf) => (this.#shelf = shelf));
  }

  /** A list that was asked for before the app told of a newer one is out of date. */
  async load(): Promise<void> {
    const before = this.#shelf;
    const shelf = await this.#connection.call('models/list', undefined);
    if (this.#shelf === before) this.#shelf = shelf;
  }

  /** Makes verdicts with it from now on. */
  async use(id: string): Promise<void> {
    this.#shelf = await this.#connection.call('models/use', { id });
  }

  async add(folder: string): Promise<void> {
    const before = this.all.map(({ id }) => id);
    this.#shelf = await this.#connection.call('models/add', { folder });
    const added = this.all.find(({ id }) => !before.includes(id));
    if (added) this.choose(added.id);
  }
}
