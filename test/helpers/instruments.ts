import type { Instrument } from './instrument';

/** A detector of 112 x 112 pixels that sees the whole pattern, six pixels to a fringe. */
const small = {
  energyEv: 9000,
  distanceM: 0.5,
  pixelM: [55e-6, 55e-6],
  shape: [112, 112],
  beam: [44.5, 50.25],
  peak: [29, 54, 57],
  frames: 61,
} as const satisfies Partial<Instrument>;

/** Beamlines as FORMATS section 0b has them: circles, directions of the detector, which motor rocks. */
export const instruments = {
  id01: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y-', deg: 0.3 },
      { motor: 'eta', axis: 'x-', deg: 17.6 },
      { motor: 'phi', axis: 'y-', deg: 24 },
    ],
    detector: [
      { motor: 'nu', axis: 'y-', deg: 1.2 },
      { motor: 'delta', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'eta',
    aims: 'delta',
  },
  /** The photon energy is scanned, and every circle stands still. */
  id01Energy: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y-', deg: 0.3 },
      { motor: 'eta', axis: 'x-', deg: 17.6 },
      { motor: 'phi', axis: 'y-', deg: 24 },
    ],
    detector: [
      { motor: 'nu', axis: 'y-', deg: 1.2 },
      { motor: 'delta', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'energy',
    aims: 'delta',
  },
  /** With mu at zero, which cdiutils does not record. */
  id01Unmoved: {
    ...small,
    sample: [
      { motor: 'eta', axis: 'x-', deg: 17.6 },
      { motor: 'phi', axis: 'y-', deg: -31 },
    ],
    detector: [
      { motor: 'nu', axis: 'y-', deg: -0.7 },
      { motor: 'delta', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'eta',
    aims: 'delta',
  },
  bm02: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y+', deg: -0.4 },
      { motor: 'TH', axis: 'x-', deg: 17.2 },
      { motor: 'CHI', axis: 'z+', deg: 1.5 },
      { motor: 'PHI', axis: 'x-', deg: 0.6 },
    ],
    detector: [
      { motor: 'nu', axis: 'y+', deg: 0.9 },
      { motor: '2THETA', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x-',
    rocks: 'TH',
    aims: '2THETA',
  },
  /** The detector stands across the beam, far off it: no circle turns it. */
  id27: {
    ...small,
    energyEv: 33_000,
    distanceM: 2.5,
    pixelM: [75e-6, 75e-6],
    sample: [{ motor: 'nath', axis: 'y-', deg: 11 }],
    detector: [],
    rows: 'y-',
    cols: 'x-',
    beam: [140, 5640],
    rocks: 'nath',
    aims: 'distance',
  },
  hepsId05: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y+', deg: 0.2 },
      { motor: 'eta', axis: 'x-', deg: 17.9 },
      { motor: 'chi', axis: 'z+', deg: 91, zero: 90 },
      { motor: 'phi', axis: 'y-', deg: 21 },
    ],
    detector: [
      { motor: 'nu', axis: 'y+', deg: 1.5 },
      { motor: 'del', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x-',
    rocks: 'eta',
    aims: 'del',
    pixelM: [75e-6, 75e-6],
    distanceM: 0.7,
  },
  aps34idc: {
    ...small,
    sample: [
      { motor: 'th', axis: 'y+', deg: 0.2 },
      { motor: 'chi', axis: 'z-', deg: 92, zero: 90 },
      { motor: 'phi', axis: 'y+', deg: -5 },
    ],
    detector: [
      { motor: 'del', axis: 'y+', deg: 32 },
      { motor: 'gam', axis: 'x-', deg: 12 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'th',
    aims: 'del',
  },
  petraP10: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y+', deg: 0.2 },
      { motor: 'om', axis: 'x-', deg: 17.9 },
      { motor: 'chi', axis: 'z+', deg: 91.5, zero: 90 },
      { motor: 'phi', axis: 'y-', deg: 33 },
    ],
    detector: [
      { motor: 'gam', axis: 'y+', deg: 1.5 },
      { motor: 'del', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x-',
    rocks: 'om',
    aims: 'del',
    pixelM: [75e-6, 75e-6],
    distanceM: 0.7,
  },
  sixsMedH: {
    ...small,
    sample: [
      { motor: 'beta', axis: 'x-', deg: 0.4 },
      { motor: 'mu', axis: 'y+', deg: 18.3 },
    ],
    detector: [
      { motor: 'beta', axis: 'x-', deg: 0.4 },
      { motor: 'gamma', axis: 'y+', deg: 32 },
      { motor: 'delta', axis: 'x-', deg: 9.5 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'mu',
    aims: 'gamma',
  },
  sixsMedV: {
    ...small,
    sample: [
      { motor: 'beta', axis: 'x-', deg: 0.1 },
      { motor: 'mu', axis: 'y+', deg: 17.8 },
      { motor: 'omega', axis: 'x-', deg: 41 },
    ],
    detector: [
      { motor: 'beta', axis: 'x-', deg: 0.1 },
      { motor: 'gamma', axis: 'y+', deg: 34 },
      { motor: 'delta', axis: 'x-', deg: 3 },
    ],
    // The image is turned by a quarter.
    rows: 'x-',
    cols: 'y-',
    rocks: 'mu',
    aims: 'gamma',
    way: -1,
  },
  cristal: {
    ...small,
    sample: [
      { motor: 'mgomega', axis: 'x-', deg: 17.5 },
      { motor: 'mgphi', axis: 'y+', deg: 12 },
    ],
    detector: [
      { motor: 'gamma', axis: 'y+', deg: 2.2 },
      { motor: 'delta', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'mgomega',
    aims: 'delta',
  },
  nanomax: {
    ...small,
    sample: [
      { motor: 'gontheta', axis: 'x-', deg: 17.4 },
      { motor: 'gonphi', axis: 'y-', deg: 20 },
    ],
    detector: [
      { motor: 'gamma', axis: 'y-', deg: 1.1 },
      { motor: 'delta', axis: 'x-', deg: 35 },
    ],
    rows: 'y-',
    cols: 'x+',
    rocks: 'gontheta',
    aims: 'delta',
  },
  /** A kappa diffractometer by its vectors, the beam along z: x is up, so that what counts as horizontal is another axis than elsewhere. */
  i16: {
    ...small,
    sample: [
      { motor: 'mu', axis: [1, 0, 0], deg: 0.1 },
      { motor: 'theta', axis: [0, 1, 0], deg: 17.6 },
      { motor: 'kappa', axis: [0, 0.6428, -0.766], deg: 31 },
      { motor: 'phi', axis: [0, 1, 0], deg: 27 },
    ],
    detector: [
      { motor: 'gamma', axis: [1, 0, 0], deg: 0.8 },
      { motor: 'delta', axis: [0, 1, 0], deg: 30 },
      { motor: 'offsetdelta', axis: [0, -1, 0], deg: 1.5 },
    ],
    rows: [0, -1, 0],
    cols: [1, 0, 0],
    rocks: 'theta',
    aims: 'delta',
  },
  /** The same by its virtual Eulerian circles, as its `.dat` files name the motors, with the Pilatus that leans by 45 degrees. */
  i16Eulerian: {
    ...small,
    sample: [
      { motor: 'mu', axis: 'y+', deg: 0.1 },
      { motor: 'eta', axis: 'x-', deg: 17.6 },
      { motor: 'chi', axis: 'z+', deg: 4 },
      { motor: 'phi', axis: 'x-', deg: 27 },
    ],
    detector: [
      { motor: 'gam', axis: 'y+', deg: 0.8 },
      { motor: 'delta', axis: 'x-', deg: 43 },
      { motor: 'delta_axis_offset', axis: 'x+', deg: 8.8 },
    ],
    rows: [-1, 0.0004, 0.003],
    cols: [-0.0018, 0.7064, -0.7078],
    rocks: 'eta',
    aims: 'delta',
    pixelM: [172e-6, 172e-6],
    distanceM: 1.56,
  },
} as const satisfies Record<string, Instrument>;

export type InstrumentName = keyof typeof instruments;
