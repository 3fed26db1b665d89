import type { PictureFormat } from '@renderer/drawing/figure/save';
import { rangeOf } from '@renderer/drawing/slices/limits';
import { useCanSave } from '@renderer/shell/saving';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { text } from '@renderer/ui/words';
import { profileOf, sidesOf } from './measured';
import { useMeasuring } from './measuring.svelte';
import { profileChart } from './profile-chart';
import { slicesText } from './words';

/** How the profile is saved, with that of the scan that is compared with; its drawing loads when the first is. To be called while a component is made. */
export function useSaveProfile(): (format: PictureFormat) => Promise<void> {
  const canSave = useCanSave();
  const comparison = useComparison();
  const measuring = useMeasuring();
  const preferences = usePreferences();
  const sight = useSight();
  const slices = useSliceView();
  const words = slicesText.measure;
  return async (format) => {
    const { volume, title } = sight;
    const measure = volume && measuring.on(volume.shape);
    if (!canSave(volume, words.profile) || measure?.kind !== 'line') return;
    const pinned = preferences.view === 'watch' ? comparison.side : null;
    const sides = sidesOf({ name: title, volume }, pinned, measuring);
    const { scale, limits, ends } = preferences;
    const chart = profileChart(
      sides.map((side) => profileOf(side, measure, slices)),
      scale,
      rangeOf(limits, ends, scale, volume.sample(slices.mode)),
    );
    const where = slicesText.views[slices.mode](text.axes[volume.frameName][measure.plane.normal]);
    const caption = [words.titles.line, where, ...sides.slice(1).map(({ name }) => words.dashed(name))].join(', ');
    const [{ chartFigure }, { saveFigure }] = await Promise.all([
      import('@renderer/drawing/figure/chart-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    await saveFigure(chartFigure(title, caption, chart), `${title} profile`, format);
  };
}
