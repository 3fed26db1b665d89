import {
  mapBox,
  onPlane,
  planeOf,
  viewOfAll,
  type MapBox,
  type MappedSample,
  type MapPlane,
  type MapView,
} from './map';

/** What of a sample is seen on its map: where its scans lie, and which part of that is shown. */
export class MapSight {
  /** Of the drawing, CSS pixels. */
  width = $state(0);
  height = $state(0);
  /** Where the pointer is in the drawing. */
  pointer = $state.raw<readonly [number, number] | null>(null);
  readonly #sample: () => MappedSample | undefined;
  /** Chosen by zooming or dragging, on one sample; null shows all. */
  #zoomed = $state.raw<{ readonly on: string | null; readonly view: MapView } | null>(null);
  readonly #plane = $derived.by(() => {
    const sample = this.#sample();
    return sample ? planeOf(sample.scans) : null;
  });
  readonly #box = $derived(mapBox(this.width, this.height));
  readonly #chosen = $derived.by(() => {
    const sample = this.#sample();
    return this.#zoomed && sample && this.#zoomed.on === sample.name ? this.#zoomed.view : null;
  });
  readonly #view = $derived(this.#chosen ?? (this.#plane && viewOfAll(this.#plane.points, this.#box)));

  constructor(sample: () => MappedSample | undefined) {
    this.#sample = sample;
  }

  get plane(): MapPlane | null {
    return this.#plane;
  }

  get box(): MapBox {
    return this.#box;
  }

  /** Where somebody zoomed or dragged to on this sample; null shows all of it. */
  get chosen(): MapView | null {
    return this.#chosen;
  }

  get now(): MapView | null {
    return this.#view;
  }

  choose(next: MapView | null): void {
    const sample = this.#sample();
    this.#zoomed = next && sample ? { on: sample.name, view: next } : null;
  }

  /** Zooms so that the place under the pointer stays where it is. */
  zoom(factor: number, place?: readonly [number, number]): void {
    const view = this.#view;
    if (!view) return;
    const [x, y] = place ? onPlane(this.#box, view, place) : [view.x, view.y];
    this.choose({ x: x + (view.x - x) / factor, y: y + (view.y - y) / factor, scale: view.scale * factor });
  }
}
