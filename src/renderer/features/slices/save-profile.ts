import type { PictureFormat } from '@renderer/drawing/figure/save';
import { rangeOf } from '@renderer/drawing/slices/limits';
import { useCanSave } from '@renderer/shell/saving';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useSight } from '@renderer/shell/state/sight';
import { useSliceView } from '@renderer/shell/state/slice-view.svelte';
import { text } from '@renderer/ui/words';
import { profileOf } from './measured';
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
    const { name = '', volume: other } = comparison.side ?? {};
    const pinned = preferences.view === 'watch' && other ? [{ name, volume: other }] : [];
    const sides = [{ name: title, volume }, ...pinned].filter((side) => measuring.on(side.volume.shape));
    const { scale, limits, ends } = preferences;
    const chart = profileChart(
      sides.map((side) => profileOf(side, measure, slices)),
      scale,
      rangeOf(limits, ends, scale, volume.sample(slices.mode)),
    );
    const where = slicesText.views[slices.mode](text.axes[volume.frameName][measure.plane.normal]);
    const caption = [words.titles.line, where, ...pinned.map(({ name }) => words.dashed(name))].join(', ');
    const [{ profileFigure }, { saveFigure }] = await Promise.all([
      import('./profile-figure'),
      import('@renderer/drawing/figure/save'),
    ]);
    await saveFigure(profileFigure(title, caption, chart), `${title} profile`, format);
  };
}
