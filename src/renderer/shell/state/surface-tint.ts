import { createContext } from 'svelte';
import type { PreparedOcclusion } from '@renderer/drawing/slices/occlusion-map';

/** What colours the surface of the peak of the scan that is looked at. */
export interface SurfaceTint {
  readonly occlusion: PreparedOcclusion;
  /** 0 to 1. */
  readonly opacity: number;
  /** Of its colour bar, in a figure that is saved. */
  readonly title: string;
}

/** Handed down by the feature that colours the surface; `current` is null while it is plain. */
export const [useSurfaceTint, provideSurfaceTint] = createContext<{ readonly current: SurfaceTint | null }>();
