import { createContext } from 'svelte';
import { viewWindow } from '@renderer/drawing/slices/axis';
import { planes, type Axis, type Plane } from '@renderer/drawing/slices/plane';
import { viewModes, type ViewMode } from '@renderer/drawing/slices/sheet';
import type { Triple } from '@renderer/drawing/slices/volume';

/** Zoom steps of the + and - keys. */
const zooms = [1, 1.5, 2, 3, 4, 6, 8] as const;
const onAxes = (value: (axis: Axis) => number): Triple => [value(0), value(1), value(2)];
const centreOf = (shape: Triple): Triple => onAxes((axis) => shape[axis] >> 1);

/** Where the three linked cuts stand: one crosshair, one zoom, the voxel under the pointer. */
export class SliceView {
  #shape = $state.raw<Triple>([64, 64, 64]);
  #crosshair = $state.raw<Triple>([32, 32, 32]);
  #centre = $state.raw<Triple>([32, 32, 32]);
  #zoom = $state(1);
  #hover = $state.raw<Triple | null>(null);
  #focused = $state<Axis>(2);
  #mode = $state<ViewMode>('cut');
  #cornerLarge = $state(false);

  /** One voxel: the cuts go through it. */
  get crosshair(): Triple {
    return this.#crosshair;
  }

  get zoom(): number {
    return this.#zoom;
  }

  /** The voxel under the pointer. */
  get hover(): Triple | null {
    return this.#hover;
  }

  /** The cut that the depth keys step through, named by its normal. */
  get focused(): Axis {
    return this.#focused;
  }

  /** What stands beside the cuts takes a whole column, with two of the cuts beside it. */
  get cornerLarge(): boolean {
    return this.#cornerLarge;
  }

  enlargeCorner(large: boolean): void {
    this.#cornerLarge = large;
  }

  /** Cuts through the crosshair, or projections of the whole volume. */
  get mode(): ViewMode {
    return this.#mode;
  }

  setMode(mode: ViewMode): void {
    this.#mode = mode;
  }

  nextMode(): void {
    this.#mode = viewModes[(viewModes.indexOf(this.#mode) + 1) % viewModes.length]!;
  }

  /** The visible part of an axis in voxel edges. */
  window(axis: Axis): readonly [number, number] {
    return viewWindow(this.#shape[axis], this.#zoom, this.#centre[axis]);
  }

  /** A volume of another shape starts at its centre; one of the same shape keeps the view, to compare scans. */
  adopt(shape: Triple): void {
    if (shape.every((size, axis) => size === this.#shape[axis])) return;
    this.#shape = shape;
    this.#zoom = 1;
    this.#centre = centreOf(shape);
    this.#crosshair = centreOf(shape);
  }

  moveTo(voxel: Triple): void {
    const inside = (axis: Axis): number => Math.min(this.#shape[axis] - 1, Math.max(0, Math.round(voxel[axis])));
    this.#crosshair = [inside(0), inside(1), inside(2)];
    this.#keepVisible();
  }

  step(axis: Axis, by: number): void {
    const [i, j, k] = this.#crosshair;
    this.moveTo([i + (axis === 0 ? by : 0), j + (axis === 1 ? by : 0), k + (axis === 2 ? by : 0)]);
  }

  /** Through the volume, along the normal of the cut that has the keyboard. */
  stepDepth(by: number): void {
    this.step(this.#focused, by);
  }

  focus(plane: Plane): void {
    this.#focused = plane.normal;
  }

  get focusedPlane(): Plane {
    return planes.find((plane) => plane.normal === this.#focused)!;
  }

  hoverAt(voxel: Triple | null): void {
    this.#hover = voxel;
  }

  recentre(peak: Triple): void {
    this.#centre = peak;
    this.moveTo(peak);
  }

  /**
   * One step in (+1) or out (-1) about the crosshair.
   * @param about stays where it is on the screen instead, in voxels from the volume's edge
   */
  zoomBy(steps: number, about?: Triple): void {
    const now = zooms.findIndex((zoom) => zoom >= this.#zoom);
    const next = zooms[Math.min(zooms.length - 1, Math.max(0, now + steps))]!;
    if (next === this.#zoom) return;
    if (about) {
      const closer = this.#zoom / next;
      this.#centre = onAxes((axis) => {
        const [from, to] = this.window(axis);
        const middle = (from + to) / 2;
        return about[axis] + (middle - about[axis]) * closer - 0.5;
      });
    } else this.#centre = this.#crosshair;
    this.#zoom = next;
  }

  /** Moves what is seen, the crosshair aside; voxels along each axis. */
  pan(by: Triple): void {
    this.#centre = onAxes((axis) => {
      const half = this.#shape[axis] / this.#zoom / 2;
      // Stops where the volume does, so that the way back is not longer.
      return Math.min(this.#shape[axis] - half, Math.max(half, this.#centre[axis] + 0.5 + by[axis])) - 0.5;
    });
  }

  /** By a part of what is seen, to the right and upwards in the focused cut. */
  panFocused(right: number, up: number): void {
    const { right: a, up: b } = this.focusedPlane;
    const seen = (axis: Axis): number => this.#shape[axis] / this.#zoom;
    this.pan(onAxes((axis) => (axis === a ? right * seen(a) : axis === b ? up * seen(b) : 0)));
  }

  resetZoom(): void {
    this.#zoom = 1;
  }

  /** A crosshair that leaves the zoomed window takes the window along. */
  #keepVisible(): void {
    const out = ([0, 1, 2] as const).some((axis) => {
      const [from, to] = this.window(axis);
      return this.#crosshair[axis] < from || this.#crosshair[axis] + 1 > to;
    });
    if (out) this.#centre = this.#crosshair;
  }
}

export const [useSliceView, provideSliceView] = createContext<SliceView>();
