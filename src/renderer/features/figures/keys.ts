import type { PictureFormat } from '@renderer/drawing/figure/save';
import { keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Alerts } from '@renderer/shell/state/alerts.svelte';
import type { SliceView } from '@renderer/shell/state/slice-view.svelte';
import type { DetectorView } from './detector-view.svelte';
import type { Figures } from './figures.svelte';

interface Tools {
  readonly detector: DetectorView;
  readonly alerts: Alerts;
  readonly figures: Figures;
  readonly slices: SliceView;
  readonly save: (format: PictureFormat) => Promise<void>;
}

/** Keys of the figures beside the cuts. */
export const figureKeys = ({ alerts, detector, figures, slices, save }: Tools): readonly Shortcut[] => [
  {
    group: keyGroups.view,
    in: 'watch',
    keys: ['i', 'I'],
    shown: 'i  I',
    does: 'Save the figure beside the cuts as PNG, or as SVG',
    run: ({ key }) => void alerts.attempt(() => save(key === 'i' ? 'png' : 'svg')),
  },
  {
    group: keyGroups.view,
    in: 'watch',
    keys: ['g'],
    shown: 'g',
    does: 'Next figure beside the cuts (rocking curve, surface, detector)',
    run: () => figures.next(),
  },
  {
    group: keyGroups.view,
    in: 'watch',
    keys: ['x'],
    shown: 'x',
    does: 'Figure beside the cuts larger or smaller',
    run: () => slices.enlargeCorner(!slices.cornerLarge),
  },
  {
    group: keyGroups.view,
    in: 'watch',
    keys: ['M'],
    shown: 'Shift+M',
    does: 'Play the detector frames, large, or stop there',
    run() {
      if (figures.shown !== 'detector') {
        figures.show('detector');
        slices.enlargeCorner(true);
        detector.stop();
      }
      detector.togglePlay();
    },
  },
];
