import type { PictureFormat } from '@renderer/drawing/figure/save';
import { scaleOf } from '@renderer/drawing/inside/quantity';
import { useCanSave } from '@renderer/shell/saving';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useInside } from './inside.svelte';
import { insideText } from './words';

/** How the crystal is saved as it is seen, both where two are compared; the drawing of figures loads when the first is. To be called while a component is made. */
export function useSaveCrystal(): (format: PictureFormat) => Promise<void> {
  const canSave = useCanSave();
  const comparison = useComparison();
  const inside = useInside();
  const sight = useSight();
  return async (format) => {
    const { solid, state } = inside.here;
    const { title } = sight;
    if (!canSave(solid, insideText.saved, state?.status === 'running')) return;
    const other = comparison.scan && inside.there.solid;
    const { level, opacity, turning } = inside.view;
    const quantity = inside.quantityOf(solid);
    const sides = [{ name: '', solid }, ...(other ? [{ name: comparison.scan.scan, solid: other }] : [])];
    const scale = scaleOf(
      quantity,
      sides.flatMap((side) => side.solid.fields[quantity] ?? []),
    );
    const [{ crystalFigure }, { saveFigure }] = await Promise.all([
      import('./crystal-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    const { rotation, zoom } = turning;
    const crosshair = inside.view.crosshairIn.bind(inside.view);
    const figure = await crystalFigure({ title, sides, quantity, scale, level, opacity, rotation, zoom, crosshair });
    await saveFigure(figure, `${title} inside ${quantity}`, format);
  };
}
