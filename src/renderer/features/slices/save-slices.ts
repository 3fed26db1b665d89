import type { PictureFormat } from '@renderer/drawing/figure/save';
import { rangeOf } from '@renderer/drawing/slices/limits';
import { useCanSave } from '@renderer/shell/saving';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { slicesText } from './words';

/** How the cuts are saved as they are seen; the drawing of figures loads when the first is. To be called while a component is made. */
export function useSaveSlices(): (format: PictureFormat) => Promise<void> {
  const canSave = useCanSave();
  const preferences = usePreferences();
  const sight = useSight();
  const slices = useSliceView();
  return async (format) => {
    const { volume, title } = sight;
    if (!canSave(volume, slicesText.cuts)) return;
    const { scale, colourMap, limits, ends } = preferences;
    const { mode, crosshair } = slices;
    const range = rangeOf(limits, ends, scale, volume.sample(mode));
    const [{ slicesFigure }, { saveFigure }] = await Promise.all([
      import('./slices-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    const window = slices.window.bind(slices);
    const figure = await slicesFigure({ title, volume, mode, crosshair, window, scale, range, colourMap });
    await saveFigure(figure, `${title} ${mode}`, format);
  };
}
