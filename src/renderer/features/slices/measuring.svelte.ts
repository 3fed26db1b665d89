import { createContext } from 'svelte';
import type { Spot } from '@renderer/drawing/slices/measure';
import type { Plane } from '@renderer/drawing/slices/plane';
import type { Triple } from '@renderer/drawing/slices/volume';
import type { SliceView } from '@renderer/shell/state/slice-view.svelte';

export const measureKinds = ['line', 'region'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** A line or a rectangle on the cuts across an axis, between two voxels; it lies on whichever depth is shown. */
export interface Measure {
  readonly kind: MeasureKind;
  readonly plane: Plane;
  readonly from: Spot;
  readonly to: Spot;
}

/** The voxel of a plane's cuts that a voxel of the volume stands over. */
export const spotOn = ({ right, up }: Plane, voxel: Triple): Spot => [voxel[right], voxel[up]];

/** What is measured on the cuts: one line or rectangle, drawn by the pointer or by the crosshair; it stays when another scan is opened. */
export class Measuring {
  readonly #slices: SliceView;
  #tool = $state<MeasureKind | null>(null);
  #drawn = $state.raw<Measure | null>(null);
  #led = $state(false);
  #pointed = $state.raw<Spot | null>(null);
  readonly #measure = $derived.by((): Measure | null => {
    const drawn = this.#drawn;
    return drawn && this.#led ? { ...drawn, to: spotOn(drawn.plane, this.#slices.crosshair) } : drawn;
  });

  constructor(slices: SliceView) {
    this.#slices = slices;
  }

  /** What dragging over a cut draws; null: it moves the crosshair. */
  get tool(): MeasureKind | null {
    return this.#tool;
  }

  /** The end goes with the crosshair until it is left there. */
  get led(): boolean {
    return this.#led;
  }

  /** There is something to take away. */
  get busy(): boolean {
    return this.#tool !== null || this.#drawn !== null;
  }

  /** The voxel that the pointer is at on the profile. */
  get pointed(): Spot | null {
    return this.#pointed;
  }

  /** What is measured on volumes of a shape; null while there is nothing, or where it does not lie inside. */
  on(shape: Triple): Measure | null {
    const measure = this.#measure;
    if (!measure) return null;
    const { plane, from, to } = measure;
    const inside = [from, to].every(([right, up]) => right < shape[plane.right] && up < shape[plane.up]);
    return inside ? measure : null;
  }

  /** Takes a tool up, or lays it down; what it drew stays. */
  toggle(kind: MeasureKind): void {
    this.#tool = this.#tool === kind ? null : kind;
  }

  /** Begins what the tool draws, in place of what was drawn before. */
  begin(plane: Plane, at: Spot): void {
    if (!this.#tool) return;
    this.#led = false;
    this.#pointed = null;
    this.#drawn = { kind: this.#tool, plane, from: at, to: at };
  }

  reach(to: Spot): void {
    if (this.#drawn) this.#drawn = { ...this.#drawn, to };
  }

  /** Leaves the end where it is. A line that went nowhere was a click, and is none. */
  leave(): void {
    this.#drawn = this.#measure;
    this.#led = false;
    if (this.#drawn?.kind === 'line' && this.#drawn.from.join() === this.#drawn.to.join()) this.#drawn = null;
  }

  /** Begins at the crosshair on the focused cut, which takes the end along. */
  lead(kind: MeasureKind): void {
    const plane = this.#slices.focusedPlane;
    const at = spotOn(plane, this.#slices.crosshair);
    this.#pointed = null;
    this.#drawn = { kind, plane, from: at, to: at };
    this.#led = true;
  }

  point(at: Spot | null): void {
    this.#pointed = at;
  }

  clear(): void {
    this.#tool = null;
    this.#drawn = null;
    this.#led = false;
    this.#pointed = null;
  }
}

export const [useMeasuring, provideMeasuring] = createContext<Measuring>();
