import type { PictureFormat } from '@renderer/drawing/figure/save';
import { handledElsewhere, keyGroups, type Shortcut } from '@renderer/shell/shortcut';
import type { Alerts } from '@renderer/shell/state/alerts.svelte';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { Sight } from '@renderer/shell/state/sight';
import type { SliceView } from '@renderer/shell/state/slice-view.svelte';
import type { Comparison } from '@renderer/shell/state/comparison.svelte';
import type { Measuring } from './measuring.svelte';
import { slicesText } from './words';

/** Voxels that an arrow jumps with Shift. */
const bigStep = 5;
/** Part of what is seen that Ctrl and an arrow move it by. */
const panStep = 1 / 8;
const stride = (event: KeyboardEvent): number => (event.shiftKey ? bigStep : 1);

interface Tools {
  readonly alerts: Alerts;
  readonly comparison: Comparison;
  readonly measuring: Measuring;
  readonly preferences: Preferences;
  readonly sight: Sight;
  readonly slices: SliceView;
  readonly save: (format: PictureFormat) => Promise<void>;
  readonly saveProfile: (format: PictureFormat) => Promise<void>;
}

/** Keys that measure on the cuts. What is shown beside them is saved by the keys of any figure there. */
const measureKeys = ({ alerts, measuring, sight, saveProfile }: Tools): readonly Shortcut[] => {
  const group = keyGroups.cuts;
  const words = slicesText.measure.keys;
  const hidden = { group, shown: '', does: '' };
  return [
    { group, keys: ['u'], shown: 'u', does: words.line, onSlice: true, run: () => measuring.lead('line') },
    { group, keys: ['U'], shown: 'Shift+U', does: words.region, onSlice: true, run: () => measuring.lead('region') },
    { ...hidden, keys: ['Enter'], onSlice: true, when: () => measuring.led, run: () => measuring.leave() },
    { ...hidden, keys: ['Escape'], when: () => measuring.busy, run: () => measuring.clear() },
    {
      ...hidden,
      keys: ['i', 'I'],
      in: ['watch', 'simulate'],
      when: () => sight.volume !== null && measuring.on(sight.volume.shape)?.kind === 'line',
      run: ({ key }) => void alerts.attempt(() => saveProfile(key === 'i' ? 'png' : 'svg')),
    },
    handledElsewhere(group, 'Drag', words.drag),
  ];
};

/** Keys of the cuts, wherever they are shown. */
export const slicesKeys = (tools: Tools): readonly Shortcut[] => [...cutKeys(tools), ...measureKeys(tools)];

const cutKeys = ({ alerts, comparison, preferences, sight, slices, save }: Tools): readonly Shortcut[] => [
  {
    group: keyGroups.cuts,
    keys: ['ArrowLeft'],
    shown: '← → ↑ ↓',
    does: 'Move the crosshair in the focused cut (Shift: 5 voxels)',
    onSlice: true,
    run: (event) => slices.step(slices.focusedPlane.right, -stride(event)),
  },
  {
    group: keyGroups.cuts,
    keys: ['ArrowRight'],
    shown: '',
    does: '',
    onSlice: true,
    run: (event) => slices.step(slices.focusedPlane.right, stride(event)),
  },
  {
    group: keyGroups.cuts,
    keys: ['ArrowUp'],
    shown: '',
    does: '',
    onSlice: true,
    run: (event) => slices.step(slices.focusedPlane.up, stride(event)),
  },
  {
    group: keyGroups.cuts,
    keys: ['ArrowDown'],
    shown: '',
    does: '',
    onSlice: true,
    run: (event) => slices.step(slices.focusedPlane.up, -stride(event)),
  },
  {
    group: keyGroups.cuts,
    keys: [']', 'PageUp'],
    shown: ']  PgUp',
    does: 'Step the focused cut deeper',
    run: () => slices.stepDepth(1),
  },
  {
    group: keyGroups.cuts,
    keys: ['[', 'PageDown'],
    shown: '[  PgDn',
    does: 'Step back',
    run: () => slices.stepDepth(-1),
  },
  {
    group: keyGroups.cuts,
    keys: ['c', 'Home'],
    shown: 'c  Home',
    does: 'Recentre on the peak',
    run: () => sight.volume && slices.recentre(sight.volume.peak),
  },
  ...(
    [
      ['ArrowLeft', -panStep, 0],
      ['ArrowRight', panStep, 0],
      ['ArrowUp', 0, panStep],
      ['ArrowDown', 0, -panStep],
    ] as const
  ).map(([key, right, up], n): Shortcut => ({
    group: keyGroups.cuts,
    keys: [key],
    shown: n === 0 ? 'Ctrl ← → ↑ ↓' : '',
    does: 'Move what is seen of a zoomed cut (or drag with Shift)',
    onSlice: true,
    ctrl: true,
    run: () => slices.panFocused(right, up),
  })),
  { group: keyGroups.cuts, keys: ['+', '='], shown: '+', does: 'Zoom in', run: () => slices.zoomBy(1) },
  { group: keyGroups.cuts, keys: ['-'], shown: '−', does: 'Zoom out', run: () => slices.zoomBy(-1) },
  {
    group: keyGroups.cuts,
    keys: ['s', 'G'],
    shown: 's  Shift+G',
    does: 'Save the cuts as PNG, or as SVG',
    run: ({ key }) => void alerts.attempt(() => save(key === 's' ? 'png' : 'svg')),
  },
  { group: keyGroups.cuts, keys: ['0'], shown: '0', does: 'Whole volume', run: () => slices.resetZoom() },
  handledElsewhere(keyGroups.cuts, 'Drag', 'Move the crosshair'),
  handledElsewhere(keyGroups.cuts, 'Wheel', 'Zoom about the crosshair'),
  handledElsewhere(keyGroups.cuts, 'Shift+Wheel', 'Step through the depth'),
  {
    group: keyGroups.view,
    keys: ['m'],
    shown: 'm',
    does: 'Next colour map (Viridis, Cividis, Inferno, Grey)',
    run: () => preferences.nextColourMap(),
  },
  {
    group: keyGroups.view,
    keys: ['l'],
    shown: 'l',
    does: 'Next intensity scale (log, linear, square root, symlog)',
    run: () => preferences.nextScale(),
  },
  {
    group: keyGroups.view,
    keys: ['p'],
    shown: 'p',
    does: 'Cuts, sum or maximum along the axis',
    run: () => slices.nextMode(),
  },
  {
    group: keyGroups.view,
    in: 'watch',
    keys: ['v'],
    shown: 'v',
    does: 'Pin this scan to compare others with, or let go',
    run: () => comparison.toggle(),
  },
];
