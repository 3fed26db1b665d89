import { createContext, untrack } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import type { QuantityName } from '@renderer/drawing/inside/quantity';
import type { Solid } from '@renderer/drawing/inside/solid';
import type { Connection } from '@renderer/connection/types';
import type { Middle } from '@renderer/shell/state/middle.svelte';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { Queue } from '@renderer/shell/state/queue.svelte';
import type { Session } from '@renderer/shell/state/session.svelte';
import { Looked } from './looked.svelte';
import { CrystalView } from './view.svelte';

interface Around {
  readonly connection: Connection;
  readonly middle: Middle;
  readonly preferences: Preferences;
  readonly queue: Queue;
  readonly session: Session;
}

/** What is within the crystal of the scan that is looked at, and of the one that it is compared with. */
export class Inside {
  readonly #around: Around;
  readonly here: Looked;
  readonly there: Looked;
  readonly view: CrystalView;

  constructor(around: Around) {
    this.#around = around;
    this.here = new Looked(around.connection);
    this.there = new Looked(around.connection);
    this.view = new CrystalView(around.preferences);
  }

  /** Whether the crystal is shown in place of the pattern. */
  get shown(): boolean {
    return this.#around.middle.crystal;
  }

  /** It may be asked for: the scan has been judged, and this screen may ask. */
  get askable(): boolean {
    return this.here.state !== null && !this.#around.session.readOnly;
  }

  /** Listens to the app and to the queue; returns the function that stops. */
  start(): () => void {
    const stops = [this.here.start(), this.there.start(), this.#around.queue.onLook(() => this.#follow())];
    return () => stops.forEach((stop) => stop());
  }

  show(shown: boolean): void {
    this.#around.middle.showCrystal(shown);
    this.#follow();
  }

  /** What colours a crystal: what was chosen, where it is known of this one. */
  quantityOf(solid: Solid | null): QuantityName {
    return !solid || solid.fields[this.view.quantity] ? this.view.quantity : 'phase';
  }

  begin(): void {
    this.show(true);
    if (this.askable) void this.here.turn('begin');
  }

  cancel(): void {
    void this.here.turn('cancel');
  }

  /** The key: shows the crystal, which is looked for where nobody has, or goes back to the pattern. */
  toggle(): void {
    if (this.shown) this.show(false);
    else if (this.here.state?.status === 'none') this.begin();
    else this.show(true);
  }

  /** Says which scan it is compared with; called at every change of it while crystals are shown. */
  compare(scan: ScanSummary | null): void {
    untrack(() => this.there.look(scan, true));
  }

  #follow(): void {
    this.here.look(this.#around.queue.selected, this.shown);
  }
}

export const [useInside, provideInside] = createContext<Inside>();
