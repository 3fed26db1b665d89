import { dragged, fromCorner, lookingAlong, type Rotation, type Vector } from '../crystal/camera';

export type AtomColour = 'displacement' | 'structure';

const zoomRange = [0.5, 12] as const;

/** How the crystal is looked at: from where, how close, cut open how far, coloured by what. */
export class CrystalView {
  #rotation = $state.raw<Rotation>(fromCorner);
  #zoom = $state(1);
  #cut = $state(0);
  #colour = $state<AtomColour>('displacement');

  get rotation(): Rotation {
    return this.#rotation;
  }

  get zoom(): number {
    return this.#zoom;
  }

  /** How much of the side towards the viewer is taken away: 0 nothing, 1 all. */
  get cut(): number {
    return this.#cut;
  }

  get colour(): AtomColour {
    return this.#colour;
  }

  /** Radian, to the right and upwards. */
  drag(right: number, up: number): void {
    this.#rotation = dragged(this.#rotation, right, up);
  }

  zoomBy(factor: number): void {
    this.#zoom = Math.min(zoomRange[1], Math.max(zoomRange[0], this.#zoom * factor));
  }

  cutTo(cut: number): void {
    this.#cut = Math.min(1, Math.max(0, cut));
  }

  colourBy(colour: AtomColour): void {
    this.#colour = colour;
  }

  /** Looks along a direction of the crystal; null: from a corner. */
  lookAlong(direction: Vector | null): void {
    this.#rotation = direction ? lookingAlong(direction, [0, 0, 1]) : fromCorner;
  }

  reset(): void {
    this.#rotation = fromCorner;
    this.#zoom = 1;
    this.#cut = 0;
  }
}
