import { dragged, fromCorner, type Rotation } from '@renderer/drawing/crystal/camera';

const zoomRange = [0.5, 12] as const;

/** How a body is looked at: from where and how close. */
export class Turning {
  #rotation = $state.raw<Rotation>(fromCorner);
  #zoom = $state(1);

  get rotation(): Rotation {
    return this.#rotation;
  }

  get zoom(): number {
    return this.#zoom;
  }

  /** Radian, to the right and upwards. */
  drag(right: number, up: number): void {
    this.#rotation = dragged(this.#rotation, right, up);
  }

  turnTo(rotation: Rotation): void {
    this.#rotation = rotation;
  }

  zoomBy(factor: number): void {
    this.#zoom = Math.min(zoomRange[1], Math.max(zoomRange[0], this.#zoom * factor));
  }

  reset(): void {
    this.#rotation = fromCorner;
    this.#zoom = 1;
  }
}
