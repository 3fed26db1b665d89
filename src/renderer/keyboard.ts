import { overviewShortcuts } from './keyboard-overview';
import type { Shortcut } from './shortcut';
import type { Screen } from './state/screen.svelte';

/** Voxels that an arrow jumps with Shift. */
const bigStep = 5;
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
  {
    group: 'queue',
    in: 'watch',
    keys: ['r'],
    shown: 'r',
    does: 'Judge the scan again',
    run: ({ session, queue }) => queue.selected && void session.redo(queue.selected.id),
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
    group: 'slices',
    keys: ['ArrowLeft'],
    shown: '← → ↑ ↓',
    does: 'Move the crosshair in the focused slice (Shift: 5 voxels)',
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
    does: 'Step deeper into the focused slice',
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
  { group: 'slices', keys: ['+', '='], shown: '+', does: 'Zoom in', run: ({ slices }) => slices.zoomBy(1) },
  { group: 'slices', keys: ['-'], shown: '−', does: 'Zoom out', run: ({ slices }) => slices.zoomBy(-1) },
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
    keys: ['t'],
    shown: 't',
    does: 'Light or dark theme',
    run: ({ preferences }) => preferences.toggleTheme(),
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
    keys: ['4'],
    shown: '4',
    does: 'Overview',
    run: ({ preferences }) => preferences.setView('overview'),
  },
  { group: 'view', keys: ['?'], shown: '?', does: 'This sheet', run: (screen) => screen.show('help') },
  { group: 'view', keys: [], shown: 'Esc', does: 'Close a dialog', run: () => undefined },
];

const typing = 'input:not([type=checkbox]), select, textarea, [contenteditable]';
const ownsArrows = '[role=listbox], select, input, textarea';

/** Runs the shortcut of a key press, if there is one and nobody is typing or reading a dialog. */
export function dispatchKey(screen: Screen, event: KeyboardEvent): void {
  if (screen.dialog || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(typing)) return;
  const onSlice = Boolean(target?.closest('[data-slice]'));
  const { view } = screen.preferences;
  const shortcut = shortcuts.find(
    ({ keys, onSlice: only, in: where }) =>
      keys.includes(event.key) && (!only || onSlice) && (where ?? view).includes(view),
  );
  if (!shortcut || (event.key === 'Home' && !onSlice && target?.closest(ownsArrows))) return;
  event.preventDefault();
  shortcut.run(screen, event);
}
