/** How a recipe's field is edited. Which bounds and choices it has comes from the app (`recipes/rules`). */
export type FieldKind =
  | 'text'
  | 'number'
  /** Two numbers, from and to. */
  | 'range'
  /** A number for each of some names, which may be left empty. */
  | 'weights'
  /** Some of several choices. */
  | 'flags'
  /** One of several choices. */
  | 'choice'
  /** A part of the recipe that is there or not. */
  | 'switch';

export interface RecipeField {
  readonly path: string;
  readonly kind: FieldKind;
  /** Only while the switch at this path is on. */
  readonly under?: string;
  /** May be left empty, which leaves it out. Not shown where the app's schema does not know it. */
  readonly optional?: boolean;
  /** What a switch puts in where nothing was typed yet. */
  readonly fresh?: Readonly<Record<string, string>>;
}

export type GroupName = 'set' | 'crystals' | 'defects' | 'diffraction' | 'detector' | 'files' | 'real';

export interface FieldGroup {
  readonly name: GroupName;
  readonly fields: readonly RecipeField[];
}

/** The form, in the order of the work: what, of what, with which defects, seen how, kept how. */
export const fieldGroups: readonly FieldGroup[] = [
  {
    name: 'set',
    fields: [
      { path: 'name', kind: 'text' },
      { path: 'crystals', kind: 'number' },
      { path: 'orientations', kind: 'number' },
      { path: 'seed', kind: 'number' },
    ],
  },
  {
    name: 'crystals',
    fields: [
      { path: 'elements', kind: 'weights' },
      { path: 'sizeCells', kind: 'range' },
      { path: 'height', kind: 'range' },
      { path: 'shape', kind: 'switch', fresh: { facets: '0.1', 'rounding.0': '0', 'rounding.1': '0.8' } },
      { path: 'shape.facets', kind: 'number', under: 'shape' },
      { path: 'shape.rounding', kind: 'range', under: 'shape' },
      { path: 'shape.stretch', kind: 'number', under: 'shape', optional: true },
      { path: 'shape.cuts', kind: 'number', under: 'shape', optional: true },
      {
        path: 'relaxation',
        kind: 'switch',
        fresh: { potential: 'zhou04', energyTolerance: '1e-6', maxIterations: '1000' },
      },
      { path: 'relaxation.potential', kind: 'text', under: 'relaxation' },
      { path: 'relaxation.energyTolerance', kind: 'number', under: 'relaxation' },
      { path: 'relaxation.maxIterations', kind: 'number', under: 'relaxation' },
    ],
  },
  {
    name: 'defects',
    fields: [
      { path: 'classes', kind: 'weights' },
      { path: 'centred', kind: 'number' },
      { path: 'mixedDeg', kind: 'number' },
      { path: 'strainRad', kind: 'range' },
      { path: 'invisible', kind: 'choice' },
    ],
  },
  {
    name: 'diffraction',
    fields: [
      { path: 'reflections', kind: 'flags' },
      { path: 'reflectionsPerCrystal', kind: 'number', optional: true },
      { path: 'oversampling', kind: 'range' },
      { path: 'shiftVoxels', kind: 'number' },
    ],
  },
  {
    name: 'detector',
    fields: [
      { path: 'exposure.counts', kind: 'range' },
      { path: 'exposure.background', kind: 'range' },
      { path: 'exposure.coherence', kind: 'range' },
      { path: 'exposure.range', kind: 'range' },
      { path: 'exposure.gaps', kind: 'number', optional: true },
    ],
  },
  {
    name: 'files',
    fields: [
      { path: 'split.validation', kind: 'number' },
      { path: 'split.test', kind: 'number' },
      { path: 'crystalsPerShard', kind: 'number' },
    ],
  },
  {
    name: 'real',
    fields: [
      { path: 'bodies', kind: 'weights', optional: true },
      { path: 'effectiveNm', kind: 'range', optional: true },
      { path: 'strains', kind: 'weights', optional: true },
      { path: 'others', kind: 'weights', optional: true },
      { path: 'ribbons', kind: 'switch', fresh: { share: '0.3', 'widthNm.0': '1', 'widthNm.1': '4' } },
      { path: 'ribbons.share', kind: 'number', under: 'ribbons' },
      { path: 'ribbons.widthNm', kind: 'range', under: 'ribbons' },
      {
        path: 'measured',
        kind: 'switch',
        fresh: {
          ...{ 'pixelsPerFringe.0': '3', 'pixelsPerFringe.1': '8', 'framesPerFringe.0': '3', 'framesPerFringe.1': '8' },
          ...{ 'fringes.0': '4', 'fringes.1': '10', leastCoherence: '0.5', gaps: '0.1', beamStops: '0.05' },
          ...{ neighbours: '0.05', dark: '0.05', dropped: '0.05' },
        },
      },
      { path: 'measured.pixelsPerFringe', kind: 'range', under: 'measured' },
      { path: 'measured.framesPerFringe', kind: 'range', under: 'measured' },
      { path: 'measured.fringes', kind: 'range', under: 'measured' },
      { path: 'measured.leastCoherence', kind: 'number', under: 'measured' },
      { path: 'measured.gaps', kind: 'number', under: 'measured' },
      { path: 'measured.beamStops', kind: 'number', under: 'measured' },
      { path: 'measured.neighbours', kind: 'number', under: 'measured' },
      { path: 'measured.dark', kind: 'number', under: 'measured' },
      { path: 'measured.dropped', kind: 'number', under: 'measured' },
    ],
  },
];

export const allFields: readonly RecipeField[] = fieldGroups.flatMap(({ fields }) => fields);
