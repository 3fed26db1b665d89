/** Words of the figures beside a scan's cuts, of comparing scans, and of what earlier judgements said. */
export const scanText = {
  figures: {
    label: 'Figures',
    names: { rocking: 'Rocking curve', surface: 'Surface', detector: 'Detector' },
    enlarge: 'Larger',
    reduce: 'Smaller',
    png: 'PNG',
    svg: 'SVG',
    save: (what: string, format: string) => `Save ${what} as ${format}`,
    slices: 'the cuts',
    rocking: 'the rocking curve',
  },
  surface: {
    roleDescription: '3-D view',
    describe: (level: string, triangles: string) =>
      `Surface of equal intensity at ${level} of the maximum, ${triangles} triangles. Arrow keys turn it, plus and minus zoom, Home resets.`,
    level: 'Level',
    levelHint: 'Intensity of the surface relative to the maximum',
    of: (value: string) => `${value} of maximum`,
    none: 'No voxel is as bright as this level.',
  },
  detector: {
    label: 'Detector frame',
    area: 'Part of the detector',
    areas: { peak: 'Around the peak', whole: 'Whole frame' },
    frame: (frame: number, frames: number) => `Frame ${frame + 1} of ${frames}`,
    pixel: (row: string, column: string) => `row ${row}, column ${column}`,
    counts: (most: string) => `at most ${most} counts`,
    binned: (bin: number) => `brightest of ${bin} × ${bin} pixels`,
    outside: 'The crosshair lies outside the scan; this is the nearest frame.',
    box: 'made into the volume',
    boxHint:
      'Inside the dashed box lie the rows and columns that the volume was made from; the cross is where the crosshair of the cuts lies',
    masked: 'gaps and pixels that never count',
    describe: (frame: string, pixel: string) => `${frame}, crosshair at ${pixel}`,
    row: 'row',
    column: 'column',
  },
  compare: {
    label: 'Compare with',
    none: 'Compare with…',
    stop: 'Stop comparing',
    loading: 'Loading the scan to compare with…',
    novolume: 'The scan to compare with has no volume.',
    value: 'at the crosshair',
  },
  history: {
    title: 'Earlier verdicts',
    columns: { when: 'Judged', verdict: 'Verdict', probability: 'Probability', model: 'Model' },
    latest: 'latest',
    unknown: 'not recorded',
  },
} as const;
