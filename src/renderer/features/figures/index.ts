import type { Feature } from '@renderer/shell/feature';
import { useAlerts } from '@renderer/shell/state/alerts.svelte';
import { useConnection } from '@renderer/shell/state/connection';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { DetectorView, provideDetectorView, useDetectorView } from './detector-view.svelte';
import { Figures, provideFigures, useFigures } from './figures.svelte';
import FigurePanel from './FigurePanel.svelte';
import { figureKeys } from './keys';
import { useSaveFigure } from './save-figures';

/** The figures beside the cuts: rocking curve, surface of the peak, detector. */
export const figures: Feature = {
  panels: { 'beside-cuts': FigurePanel },
  provide() {
    provideFigures(new Figures());
    provideDetectorView(new DetectorView(useConnection()));
  },
  keys: () =>
    figureKeys({
      alerts: useAlerts(),
      detector: useDetectorView(),
      figures: useFigures(),
      slices: useSliceView(),
      save: useSaveFigure(),
    }),
};
