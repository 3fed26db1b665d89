import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';

/** Has the window's one view of cuts follow the volume that is drawn, before it is. To be called while a component is made. */
export function useAdopted(volume: () => PreparedVolume | null): void {
  const slices = useSliceView();
  $effect.pre(() => {
    const drawn = volume();
    if (drawn) slices.adopt(drawn.shape);
  });
}
