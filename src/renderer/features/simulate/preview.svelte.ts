import { toProblem, type Problem } from '@contract/errors';
import type { RecipeDraft } from '@contract/recipe';
import type { CrystalPreview, PatternPreview, PreviewRequest } from '@contract/simulation';
import type { Connection } from '@renderer/connection/types';
import { prepareVolume, type PreparedVolume } from '@renderer/drawing/slices/volume';

/** How far the relaxation of the crystal shown is. */
export type Relaxing = 'none' | 'running' | 'done' | 'failed';

/** One crystal of the recipe and its pattern: as built at once, as relaxed when LAMMPS is done. */
export class Preview {
  readonly #connection: Connection;
  /** Told after each preview: the app knows this machine's pace better by then. */
  readonly #onMade: () => void;
  #recipe = $state.raw<RecipeDraft | null>(null);
  #number = $state(0);
  #crystal = $state.raw<CrystalPreview | null>(null);
  #pattern = $state.raw<PatternPreview | null>(null);
  #volume = $state.raw<PreparedVolume | null>(null);
  #building = $state(false);
  #loading = $state(false);
  #relaxing = $state<Relaxing>('none');
  #problem = $state.raw<Problem | null>(null);
  #shown = '';
  #turn = 0;

  constructor(connection: Connection, onMade: () => void) {
    this.#connection = connection;
    this.#onMade = onMade;
  }

  /** Which crystal of the set, counted from 0. */
  get number(): number {
    return this.#number;
  }

  get count(): number {
    const crystals = this.#recipe?.['crystals'];
    return typeof crystals === 'number' ? crystals : 0;
  }

  get crystal(): CrystalPreview | null {
    return this.#crystal;
  }

  get pattern(): PatternPreview | null {
    return this.#pattern;
  }

  get volume(): PreparedVolume | null {
    return this.#volume;
  }

  /** The crystal shown is an older one; the new one is being built. */
  get building(): boolean {
    return this.#building;
  }

  /** The same of the pattern. */
  get loading(): boolean {
    return this.#loading;
  }

  get relaxing(): Relaxing {
    return this.#relaxing;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Shows the same crystal of another recipe. */
  show(recipe: RecipeDraft): void {
    this.#recipe = recipe;
    this.#number = Math.min(this.#number, Math.max(0, this.count - 1));
    void this.#make();
  }

  /** Shows another crystal of the recipe; beyond the last comes the first. */
  goTo(number: number): void {
    if (!this.#recipe || !Number.isFinite(number) || this.count === 0) return;
    this.#number = ((Math.round(number) % this.count) + this.count) % this.count;
    void this.#make();
  }

  step(by: number): void {
    this.goTo(this.#number + by);
  }

  retry(): void {
    this.#shown = '';
    void this.#make();
  }

  async #make(): Promise<void> {
    if (!this.#recipe) return;
    const request = { recipe: this.#recipe, crystal: this.#number, relaxed: false };
    const key = JSON.stringify(request);
    if (key === this.#shown) return;
    this.#shown = key;
    const turn = ++this.#turn;
    this.#building = true;
    this.#loading = true;
    this.#problem = null;
    this.#relaxing = 'none';
    try {
      await this.#fetch(request, turn);
    } catch (error) {
      if (turn === this.#turn) this.#problem = toProblem(error);
    } finally {
      if (turn === this.#turn) this.#building = this.#loading = false;
    }
    if (turn === this.#turn && !this.#problem && request.recipe['relaxation']) await this.#relax(request, turn);
  }

  async #relax(request: PreviewRequest, turn: number): Promise<void> {
    this.#relaxing = 'running';
    try {
      await this.#fetch({ ...request, relaxed: true }, turn);
      if (turn === this.#turn) this.#relaxing = 'done';
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#relaxing = 'failed';
      this.#problem = toProblem(error);
    }
  }

  /** Shows each part when it comes; what comes after the next request is not shown. */
  async #fetch(request: PreviewRequest, turn: number): Promise<void> {
    const crystal = await this.#connection.call('preview/crystal', request);
    if (turn !== this.#turn || !crystal) return;
    this.#crystal = crystal;
    this.#building = false;
    const pattern = await this.#connection.call('preview/pattern', request);
    if (turn !== this.#turn || !pattern) return;
    this.#volume = prepareVolume(pattern.volume);
    this.#pattern = pattern;
    this.#onMade();
  }
}
