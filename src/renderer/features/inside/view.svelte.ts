import { z } from 'zod';
import { quantityNames, type QuantityName } from '@renderer/drawing/inside/quantity';
import type { Solid } from '@renderer/drawing/inside/solid';
import type { Triple } from '@renderer/drawing/slices/volume';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import { Turning } from '@renderer/ui/turning.svelte';

/** Levels that a surface may be drawn at, of the largest amplitude. */
export const levelRange = { least: 0.05, most: 0.9, step: 0.01 } as const;

const vector = z.tuple([z.number(), z.number(), z.number()]);
/** The view as it is found again. */
const keptSchema = z.object({
  quantity: z.enum(quantityNames),
  level: z.number().min(levelRange.least).max(levelRange.most),
  opacity: z.number().min(0.1).max(1),
  rotation: z.tuple([vector, vector, vector]),
  zoom: z.number().min(0.5).max(12),
});

/** How crystals are looked at: all of them alike, and as they were left. */
export class CrystalView {
  readonly #preferences: Preferences;
  readonly turning = new Turning();
  #quantity = $state<QuantityName>('phase');
  #level = $state(0.35);
  #opacity = $state(0.75);
  #crosshair = $state.raw<Triple | null>(null);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const kept = keptSchema.safeParse(preferences.kept('inside'));
    if (!kept.success) return;
    this.#quantity = kept.data.quantity;
    this.#level = kept.data.level;
    this.#opacity = kept.data.opacity;
    this.turning.turnTo(kept.data.rotation);
    this.turning.zoomBy(kept.data.zoom);
  }

  /** What colours the crystal. */
  get quantity(): QuantityName {
    return this.#quantity;
  }

  /** Of the surface, of the largest amplitude. */
  get level(): number {
    return this.#level;
  }

  get opacity(): number {
    return this.#opacity;
  }

  /** Where the cuts meet, voxels: the middle of a crystal until somebody moves it. */
  crosshairIn({ bounds, shape }: Pick<Solid, 'bounds' | 'shape'>): Triple {
    const at = this.#crosshair ?? bounds.centre;
    const inside = (axis: 0 | 1 | 2): number => Math.min(shape[axis] - 1, Math.max(0, Math.round(at[axis])));
    return [inside(0), inside(1), inside(2)];
  }

  colourBy(quantity: QuantityName): void {
    this.#quantity = quantity;
    this.keep();
  }

  nextQuantity(): void {
    this.colourBy(quantityNames[(quantityNames.indexOf(this.#quantity) + 1) % quantityNames.length]!);
  }

  setLevel(level: number): void {
    this.#level = level;
    this.keep();
  }

  setOpacity(opacity: number): void {
    this.#opacity = opacity;
    this.keep();
  }

  moveTo(place: Triple): void {
    this.#crosshair = place;
  }

  /** Remembers the view for the next time. */
  keep(): void {
    const { rotation, zoom } = this.turning;
    const kept = { quantity: this.#quantity, level: this.#level, opacity: this.#opacity, rotation, zoom };
    this.#preferences.keep('inside', kept);
  }
}
