import type { Shortcut } from '@renderer/shell/shortcut';

/** Voxels that an arrow jumps with Shift. */
const bigStep = 5;
/** Part of what is seen that Ctrl and an arrow move it by. */
const panStep = 1 / 8;
const stride = (event: KeyboardEvent): number => (event.shiftKey ? bigStep : 1);

/** Keys of the cuts, wherever they are shown. */
export const slicesShortcuts: readonly Shortcut[] = [
  {
    group: 'slices',
    keys: ['ArrowLeft'],
    shown: '← → ↑ ↓',
    does: 'Move the crosshair in the focused cut (Shift: 5 voxels)',
    onSlice: true,
    run: ({ slices }, event) => slices.step(slices.focusedPlane.right, -stride(event)),
  },
  {
    group: 'slices',
    keys: ['ArrowRight'],
    shown: '',
    does: '',
    onSlice: true,
    run: ({ slices }, event) => slices.step(slices.focusedPlane.right, stride(event)),
  },
  {
    group: 'slices',
    keys: ['ArrowUp'],
    shown: '',
    does: '',
    onSlice: true,
    run: ({ slices }, event) => slices.step(slices.focusedPlane.up, stride(event)),
  },
  {
    group: 'slices',
    keys: ['ArrowDown'],
    shown: '',
    does: '',
    onSlice: true,
    run: ({ slices }, event) => slices.step(slices.focusedPlane.up, -stride(event)),
  },
  {
    group: 'slices',
    keys: [']', 'PageUp'],
    shown: ']  PgUp',
    does: 'Step the focused cut deeper',
    run: ({ slices }) => slices.stepDepth(1),
  },
  {
    group: 'slices',
    keys: ['[', 'PageDown'],
    shown: '[  PgDn',
    does: 'Step back',
    run: ({ slices }) => slices.stepDepth(-1),
  },
  {
    group: 'slices',
    keys: ['c', 'Home'],
    shown: 'c  Home',
    does: 'Recentre on the peak',
    run: (screen) => screen.recentre(),
  },
  ...(
    [
      ['ArrowLeft', -panStep, 0],
      ['ArrowRight', panStep, 0],
      ['ArrowUp', 0, panStep],
      ['ArrowDown', 0, -panStep],
    ] as const
  ).map(([key, right, up], n): Shortcut => ({
    group: 'slices',
    keys: [key],
    shown: n === 0 ? 'Ctrl ← → ↑ ↓' : '',
    does: 'Move what is seen of a zoomed cut (or drag with Shift)',
    onSlice: true,
    ctrl: true,
    run: ({ slices }) => slices.panFocused(right, up),
  })),
  { group: 'slices', keys: ['+', '='], shown: '+', does: 'Zoom in', run: ({ slices }) => slices.zoomBy(1) },
  { group: 'slices', keys: ['-'], shown: '−', does: 'Zoom out', run: ({ slices }) => slices.zoomBy(-1) },
  {
    group: 'slices',
    in: 'watch',
    keys: ['w'],
    shown: 'w',
    does: 'Show or hide what the verdict rests on',
    run: ({ explaining }) => void (explaining.shown = !explaining.shown),
  },
  {
    group: 'slices',
    in: 'watch',
    keys: ['W'],
    shown: 'Shift+W',
    does: 'Colour the surface by what the verdict rests on, or not',
    run: ({ explaining }) => void (explaining.onSurface = !explaining.onSurface),
  },
  {
    group: 'slices',
    keys: ['s', 'S'],
    shown: 's  S',
    does: 'Save the cuts as PNG, or as SVG',
    run: (screen, { key }) => void screen.session.attempt(() => screen.saveSlices(key === 's' ? 'png' : 'svg')),
  },
  { group: 'slices', keys: ['0'], shown: '0', does: 'Whole volume', run: ({ slices }) => slices.resetZoom() },
];
