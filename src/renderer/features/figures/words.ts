/** Words of the figures beside a scan's cuts. */
export const figuresText = {
  figures: {
    label: 'Figures',
    names: { rocking: 'Rocking curve', surface: 'Surface', detector: 'Detector' },
    enlarge: 'Larger',
    reduce: 'Smaller',
    rocking: 'the rocking curve',
    surface: 'the surface',
    detector: 'the detector frame',
  },
  rocking: {
    title: 'Rocking curve',
    counts: 'counts',
    none: 'No rocking curve yet.',
    describe: (motor: string, points: number) => `Rocking curve: summed counts over ${motor}, ${points} points`,
  },
  surface: {
    roleDescription: '3-D view',
    describe: (level: string, triangles: string) =>
      `Surface of equal intensity at ${level} of the maximum, ${triangles} triangles. Arrow keys turn it, plus and minus zoom, Home resets.`,
    level: 'Level',
    levelHint: 'Intensity of the surface relative to the maximum',
    of: (value: string) => `${value} of maximum`,
    none: 'No voxel is as bright as this level.',
    rests: 'Coloured by what the verdict rests on',
    unexplained:
      'Explain the verdict (e), and the surface is coloured by how far its probability falls when a ball hides a place',
    caption: (level: string) => `Surface of equal intensity at ${level}`,
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
    faults: 'Mark hot and dead pixels',
    hot: (found: string, seen: string) => `${found} hot (${seen} here)`,
    dead: (found: string, seen: string) => `${found} dead (${seen} here)`,
    replaced: 'filled from their neighbours',
    unlisted: 'Hot and dead pixels were not listed when this scan was judged; judge it again (r).',
    describe: (frame: string, pixel: string) => `${frame}, crosshair at ${pixel}`,
    relative: 'counts relative to the brightest pixel',
    row: 'row',
    column: 'column',
  },
} as const;
