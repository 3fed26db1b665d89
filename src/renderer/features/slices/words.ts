import type { ColourMapName } from '@renderer/drawing/slices/colour-map';
import type { LimitName } from '@renderer/drawing/slices/limits';
import type { ScaleName } from '@renderer/drawing/slices/scale';
import type { ViewMode } from '@renderer/drawing/slices/sheet';

/** The words about a volume's cuts. */
export const slicesText = {
  label: 'Diffraction volume',
  colourMap: 'Colour map',
  colourMaps: {
    viridis: 'Viridis',
    cividis: 'Cividis',
    inferno: 'Inferno',
    grey: 'Grey',
    red: 'Red',
  } satisfies Record<ColourMapName, string>,
  scale: 'Scale',
  scales: { log: 'Log', linear: 'Linear', sqrt: 'Square root', symlog: 'Symlog' } satisfies Record<ScaleName, string>,
  scalesShort: { log: 'Log', linear: 'Linear', sqrt: 'Sqrt', symlog: 'Symlog' } satisfies Record<ScaleName, string>,
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomValue: (zoom: number) => `${zoom}×`,
  recentre: 'Recentre on the peak',
  recentreShort: 'Peak',
  view: 'View',
  viewHint: 'View: cuts, or the sum or the maximum along each axis',
  viewNames: { cut: 'Cuts', sum: 'Sum', maximum: 'Max' } satisfies Record<ViewMode, string>,
  views: {
    cut: (name: string) => `Cut across ${name}`,
    sum: (name: string) => `Sum along ${name}`,
    maximum: (name: string) => `Maximum along ${name}`,
  } satisfies Record<ViewMode, (name: string) => string>,
  limits: {
    label: 'Colour limits',
    low: 'Lowest intensity of the colours',
    high: 'Highest intensity of the colours',
    how: 'How the colour limits are chosen',
    names: {
      auto: 'Automatic',
      full: 'All values',
      p1: '1 to 99 %',
      p5: '5 to 95 %',
      manual: 'By hand',
    } satisfies Record<LimitName, string>,
    span: (low: string, high: string) => `${low} to ${high}`,
  },
  fit: 'Whole volume',
  roleDescription: 'volume view',
  describe: (cut: string, at: string, value: string) =>
    `${cut} at ${at} inverse angstrom, intensity ${value}. Arrow keys move the crosshair, brackets step through depth.`,
  crosshair: 'Crosshair',
  cursor: 'Cursor',
  depth: (index: number, size: number) => `${index + 1}/${size}`,
  intensity: 'Intensity',
  intensityUnit: 'of maximum',
  masked: 'not measured',
  colourBar: 'Colour bar',
  zeroNote: 'Δ is from the centre of mass',
  waiting: 'The volume appears once enough frames have arrived.',
  reducing: 'Reducing the frames to a volume…',
  cuts: 'the cuts',
  compare: {
    loading: 'Loading the scan to compare with…',
    novolume: 'The scan to compare with has no volume.',
    value: 'at the crosshair',
  },
} as const;
