import type { Figure } from '@renderer/drawing/figure/svg';
import type { PictureFormat } from '@renderer/drawing/figure/save';
import { useCanSave } from '@renderer/shell/saving';
import { useOpenScan } from '@renderer/shell/state/open-scan.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSurfaceTint } from '@renderer/shell/state/surface-tint';
import { useDetectorView } from './detector-view.svelte';
import { useFigures, type FigureName } from './figures.svelte';
import { figuresText } from './words';

/** How the figure beside the cuts that is shown is saved; its drawing loads when the first is. To be called while a component is made. */
export function useSaveFigure(): (format: PictureFormat) => Promise<void> {
  const canSave = useCanSave();
  const detector = useDetectorView();
  const figures = useFigures();
  const open = useOpenScan();
  const preferences = usePreferences();
  const sight = useSight();
  const tint = useSurfaceTint();
  const words = figuresText.figures;

  /** Each figure as it is seen; null where there is nothing to save, which is said. */
  const draw: Readonly<Record<FigureName, () => Promise<Figure | null>>> = {
    async rocking() {
      const curve = open.detail?.rockingCurve;
      if (!canSave(curve, words.rocking)) return null;
      const { rockingFigure } = await import('./rocking-figure');
      return rockingFigure(sight.title, curve);
    },
    async surface() {
      const { volume } = open;
      const { title } = sight;
      if (!canSave(volume, words.surface)) return null;
      const { surfaceFigure } = await import('./surface-figure');
      const { level, turning } = figures;
      const { rotation, zoom } = turning;
      return surfaceFigure({ title, volume, level, rotation, zoom, tint: tint.current });
    },
    async detector() {
      const { title } = sight;
      const { frame, faults, problem } = detector;
      if (!canSave(frame, words.detector, open.volume !== null && !problem)) return null;
      const { detectorFigure } = await import('./detector-figure');
      const { scale, ends, colourMap } = preferences;
      return detectorFigure({ title, frame, faults, scale, ends, colourMap });
    },
  };

  return async (format) => {
    const { shown } = figures;
    const { title } = sight;
    const figure = await draw[shown]();
    if (!figure) return;
    const { saveFigure } = await import('@renderer/drawing/figure/save');
    await saveFigure(figure, `${title} ${shown}`, format);
  };
}
