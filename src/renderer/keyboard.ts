import { handKeys, handledElsewhere, jobKeys } from './keyboard-habits';
import { overviewShortcuts } from './keyboard-overview';
import type { Shortcut } from './shortcut';
import type { Screen } from './state/screen.svelte';

/** Voxels that an arrow jumps with Shift. */
const bigStep = 5;
/** Part of what is seen that Ctrl and an arrow move it by. */
const panStep = 1 / 8;
const stride = (event: KeyboardEvent): number => (event.shiftKey ? bigStep : 1);

export const shortcuts: readonly Shortcut[] = [
  ...overviewShortcuts,
  {
    group: 'queue',
    in: 'watch',
    keys: ['j'],
    shown: 'j  ↓',
    does: 'Next scan in the list',
    run: ({ session }) => session.move(1),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['k'],
    shown: 'k  ↑',
    does: 'Previous scan',
    run: ({ session }) => session.move(-1),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['n'],
    shown: 'n',
    does: 'Follow the newest scan',
    run: ({ session, queue }) => session.follow(!queue.following),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['f'],
    shown: 'f',
    does: 'Flag or unflag the scan',
    run: (screen) => screen.flagSelected(),
  },
  ...handKeys,
  {
    group: 'queue',
    in: 'watch',
    keys: ['r'],
    shown: 'r',
    does: 'Judge the scan again',
    run: ({ session, queue }) => queue.selected && void session.redo(queue.selected.id),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['e'],
    shown: 'e',
    does: 'Explain the verdict, or stop explaining',
    run: ({ explaining, open }) => (open.volume || explaining.running) && explaining.toggle(),
  },
  {
    group: 'queue',
    in: 'watch',
    keys: ['a'],
    shown: 'a',
    does: 'Show or hide the simulated patterns most like the scan',
    run: ({ lookAlikes }) => lookAlikes.toggle(),
  },
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['j'],
    shown: 'j',
    does: 'Next crystal of the recipe',
    run: ({ simulate }) => simulate.preview.step(1),
  },
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['k'],
    shown: 'k',
    does: 'Previous crystal',
    run: ({ simulate }) => simulate.preview.step(-1),
  },
  {
    group: 'simulate',
    in: 'simulate',
    keys: ['d'],
    shown: 'd',
    does: 'Cut the crystal open, or close it',
    run: ({ simulate: { view } }) => view.cutTo(view.cut > 0 ? 0 : 0.5),
  },
  // The crystal's own keys are handled where it has the focus.
  { group: 'simulate', keys: [], shown: '← → ↑ ↓', does: 'Turn the focused crystal', run: () => undefined },
  {
    group: 'train',
    in: 'train',
    keys: ['j'],
    shown: 'j',
    does: 'Next model of the list',
    run: ({ train }) => train.models.step(1),
  },
  {
    group: 'train',
    in: 'train',
    keys: ['k'],
    shown: 'k',
    does: 'Previous model',
    run: ({ train }) => train.models.step(-1),
  },
  {
    group: 'train',
    in: 'train',
    keys: ['p'],
    shown: 'p',
    does: 'Pause the training, or go on with it',
    run: (screen) => screen.pauseOrResume(),
  },
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
  {
    group: 'view',
    in: 'watch',
    keys: ['i', 'I'],
    shown: 'i  I',
    does: 'Save the figure beside the cuts as PNG, or as SVG',
    run: (screen, { key }) => void screen.session.attempt(() => screen.saveFigureShown(key === 'i' ? 'png' : 'svg')),
  },
  { group: 'slices', keys: ['0'], shown: '0', does: 'Whole volume', run: ({ slices }) => slices.resetZoom() },
  {
    group: 'view',
    keys: ['m'],
    shown: 'm',
    does: 'Next colour map (Viridis, Cividis, Inferno, Grey)',
    run: ({ preferences }) => preferences.nextColourMap(),
  },
  {
    group: 'view',
    keys: ['l'],
    shown: 'l',
    does: 'Next intensity scale (log, linear, square root, symlog)',
    run: ({ preferences }) => preferences.nextScale(),
  },
  {
    group: 'view',
    keys: ['p'],
    shown: 'p',
    does: 'Cuts, sum or maximum along the axis',
    run: ({ slices }) => slices.nextMode(),
  },
  {
    group: 'view',
    in: 'watch',
    keys: ['g'],
    shown: 'g',
    does: 'Next figure beside the cuts (rocking curve, surface, detector)',
    run: ({ figures }) => figures.next(),
  },
  {
    group: 'view',
    in: 'watch',
    keys: ['v'],
    shown: 'v',
    does: 'Pin this scan to compare others with, or let go',
    run: ({ comparison }) => comparison.toggle(),
  },
  {
    group: 'view',
    in: 'watch',
    keys: ['x'],
    shown: 'x',
    does: 'Figure beside the cuts larger or smaller',
    run: ({ figures }) => figures.enlarge(!figures.large),
  },
  {
    group: 'view',
    keys: ['t'],
    shown: 't',
    does: 'Next theme (light, dark, night)',
    run: ({ preferences }) => preferences.cycleTheme(),
  },
  {
    group: 'view',
    keys: ['o'],
    shown: 'o',
    does: 'Choose the folder to watch',
    run: (screen) => screen.show('folder'),
  },
  { group: 'view', keys: ['b'], shown: 'b', does: 'Beamline and geometry', run: (screen) => screen.show('beamline') },
  {
    group: 'view',
    keys: ['1'],
    shown: '1',
    does: 'Watch',
    run: ({ preferences }) => preferences.setView('watch'),
  },
  {
    group: 'view',
    keys: ['2'],
    shown: '2',
    does: 'Simulate',
    run: ({ preferences }) => preferences.setView('simulate'),
  },
  {
    group: 'view',
    keys: ['3'],
    shown: '3',
    does: 'Train',
    run: ({ preferences }) => preferences.setView('train'),
  },
  {
    group: 'view',
    keys: ['4'],
    shown: '4',
    does: 'Overview',
    run: ({ preferences }) => preferences.setView('overview'),
  },
  { group: 'view', keys: ['X'], shown: 'Shift+X', does: 'Export and report', run: (screen) => screen.show('export') },
  { group: 'view', keys: [','], shown: ',', does: 'Settings of this screen', run: (screen) => screen.show('settings') },
  { group: 'view', keys: ['?'], shown: '?', does: 'This sheet', run: (screen) => screen.show('help') },
  ...jobKeys,
  ...handledElsewhere,
  { group: 'view', keys: [], shown: 'Esc', does: 'Close a dialog', run: () => undefined },
];

const typing = 'input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]';
const ownsArrows = '[role=listbox], select, input, textarea';
/** Keys that move within such a thing, and would do something else elsewhere. */
const moves: readonly string[] = ['Home', 'PageUp', 'PageDown'];

/** Runs the shortcut of a key press, if there is one and nobody is typing or reading a dialog. */
export function dispatchKey(screen: Screen, event: KeyboardEvent): void {
  if (screen.dialog || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(typing)) return;
  const onSlice = Boolean(target?.closest('[data-slice]'));
  const { view } = screen.preferences;
  const shortcut = shortcuts.find(
    ({ keys, ctrl, onSlice: only, in: where }) =>
      keys.includes(event.key) &&
      (ctrl ?? false) === (event.ctrlKey || event.metaKey) &&
      (!only || onSlice) &&
      (where ?? view).includes(view),
  );
  if (!shortcut || (moves.includes(event.key) && !onSlice && target?.closest(ownsArrows))) return;
  event.preventDefault();
  shortcut.run(screen, event);
}
