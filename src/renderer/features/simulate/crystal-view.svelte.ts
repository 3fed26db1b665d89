import type { AtomColour } from '@renderer/drawing/crystal/paint';
import { fromCorner, lookingAlong, type Vector } from '@renderer/drawing/crystal/camera';
import { Turning } from '@renderer/ui/turning.svelte';

/** How the crystal is looked at: from where, how close, cut open how far, coloured by what. */
export class CrystalView extends Turning {
  #cut = $state(0);
  #colour = $state<AtomColour>('displacement');

  /** How much of the side towards the viewer is taken away: 0 nothing, 1 all. */
  get cut(): number {
    return this.#cut;
  }

  get colour(): AtomColour {
    return this.#colour;
  }

  cutTo(cut: number): void {
    this.#cut = Math.min(1, Math.max(0, cut));
  }

  colourBy(colour: AtomColour): void {
    this.#colour = colour;
  }

  /** Looks along a direction of the crystal; null: from a corner. */
  lookAlong(direction: Vector | null): void {
    this.turnTo(direction ? lookingAlong(direction, [0, 0, 1]) : fromCorner);
  }

  override reset(): void {
    super.reset();
    this.#cut = 0;
  }
}
