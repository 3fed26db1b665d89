import type { DefectClass } from '@contract/scan';
import type { SetFolder, SimulationState } from '@contract/simulation';

/** Label, unit and one line of help of a recipe's field, by its path. */
interface FieldWords {
  readonly label: string;
  readonly unit?: string;
  readonly help: string;
}

const fields: Readonly<Record<string, FieldWords>> = {
  name: { label: 'Name', help: 'Under which it is saved, and which the set carries.' },
  crystals: { label: 'Crystals', help: 'Each is built, and relaxed, once.' },
  orientations: { label: 'Patterns of each', help: 'Each with its own spin about Q, voxel and counts.' },
  seed: { label: 'Seed', help: 'The same recipe and seed give the same set.' },
  elements: { label: 'Elements', help: 'Relative frequency of each; empty leaves it out.' },
  sizeCells: {
    label: 'Size',
    unit: 'unit cells',
    help: 'Edge of the cube that a crystal is cut from. 40 cells of Pt are 16 nm.',
  },
  height: { label: 'Height', unit: 'of the free shape', help: 'The rest is cut off by the substrate, along a {111}.' },
  relaxation: {
    label: 'Relax with LAMMPS',
    help: 'Energy minimisation at 0 K: dislocations split into partials, surfaces contract.',
  },
  'relaxation.potential': {
    label: 'Potential',
    help: 'zhou04: the EAM potentials of Zhou et al. for all seven metals.',
  },
  'relaxation.energyTolerance': {
    label: 'Energy tolerance',
    help: 'Ends when a step gains less than this part; paper: 1e-6.',
  },
  'relaxation.maxIterations': { label: 'Iterations, at most', help: 'Ends here even where it has not converged.' },
  classes: { label: 'Classes', help: 'Relative frequency of each; exact to one crystal.' },
  centred: {
    label: 'Close to the centre',
    unit: 'share',
    help: 'Dislocations within 10 % of the size of the centre; the others lie anywhere.',
  },
  mixedDeg: { label: 'Mixed character', unit: 'up to °', help: 'Turns lines away from pure screw or edge.' },
  invisible: { label: 'Invisible ones (g·b = 0)', help: 'Dislocations that the reflection does not see.' },
  strainRad: { label: 'Smooth strain', unit: 'rad', help: 'Largest phase of a slow random displacement.' },
  reflections: { label: 'Reflections', help: 'Families; every member is as likely.' },
  oversampling: { label: 'Oversampling', unit: 'points per fringe', help: 'From the voxel and the crystal’s size.' },
  shiftVoxels: { label: 'Shift', unit: 'up to voxels', help: 'Of the centre of mass, along each axis.' },
  'exposure.counts': {
    label: 'Counts',
    unit: 'at the peak',
    help: 'Of the brightest voxel; drawn evenly in their logarithm.',
  },
  'exposure.background': { label: 'Background', unit: 'counts per voxel', help: 'Air scattering, dark counts.' },
  'exposure.coherence': { label: 'Blur', unit: 'voxels', help: 'By a beam of partial coherence.' },
  'exposure.range': { label: 'Rocking range', unit: 'of the cube', help: 'Beyond it nothing was measured.' },
  'split.validation': { label: 'For validation', unit: 'share', help: 'Whole crystals, to stop the training by.' },
  'split.test': { label: 'For the test', unit: 'share', help: 'Whole crystals that no training sees.' },
  crystalsPerShard: { label: 'Crystals per file', help: 'Also what a worker loses when it is stopped.' },
};

const kinds: Readonly<Record<SetFolder['kind'], string>> = {
  new: 'A new folder; it will be made.',
  empty: 'An empty folder.',
  begun: 'Holds a set that was begun.',
  whole: 'Holds a whole set.',
  occupied: 'Holds other files: name a new or an empty folder.',
};

const statuses: Readonly<Record<SimulationState['status'], string>> = {
  idle: 'Nothing runs',
  running: 'Running',
  stopping: 'Stopping…',
  stopped: 'Stopped',
  done: 'Finished',
  failed: 'Failed',
};

/** The words of the Simulate panel. */
export const simulateText = {
  label: 'Simulate',
  recipe: {
    label: 'Recipe',
    shipped: 'Shipped',
    own: 'Yours',
    save: 'Save recipe',
    saved: 'Saved.',
    remove: 'Delete',
    revert: 'Revert',
    edited: 'edited',
    from: 'from',
    to: 'to',
    limits: (least: string, most: string) => `${least} to ${most}`,
    groups: {
      set: 'Set',
      crystals: 'Crystals',
      defects: 'Defects',
      diffraction: 'Diffraction',
      detector: 'Detector',
      files: 'Parts and files',
    },
    fields,
    choices: {
      'invisible.exclude': 'not drawn',
      'invisible.perfect': 'labelled defect-free',
      'classes.perfect': 'Defect-free',
      'classes.screw': 'Screw',
      'classes.edge': 'Edge',
    } as Readonly<Record<string, string>>,
    other: 'Other fields',
    wholeNumber: 'a whole number',
    text: 'a text',
    list: 'choose at least one',
  },
  outlook: {
    label: 'What it will make',
    makes: (crystals: string, patterns: string) => `${crystals} crystals, ${patterns} patterns of 64 × 64 × 64`,
    atoms: (from: string, to: string) => `${from} to ${to} atoms each`,
    disk: (size: string) => `${size} on disk`,
    time: (span: string, workers: number) => `about ${span} on ${workers} ${workers === 1 ? 'core' : 'cores'}`,
    guessed: 'a first guess; the preview measures this machine',
    invalid: (n: number) => (n === 1 ? 'One field has to be corrected.' : `${n} fields have to be corrected.`),
  },
  crystal: {
    label: 'Crystal',
    title: (n: string, of: string) => `Crystal ${n} of ${of}`,
    number: 'Number',
    next: 'Next crystal',
    previous: 'Previous crystal',
    kinds: { perfect: 'Defect-free', screw: 'Screw dislocation', edge: 'Edge dislocation' } satisfies Record<
      DefectClass,
      string
    >,
    colour: 'Colour',
    colours: { displacement: 'Displacement', structure: 'Local structure' },
    structureHint: 'Known once LAMMPS has relaxed the crystal',
    cut: 'Cut open',
    view: 'Look',
    views: { corner: 'from a corner', line: 'along the line', burgers: 'along b', q: 'along Q' },
    roleDescription: 'crystal view',
    describe: (what: string, atoms: string) =>
      `${what}, ${atoms} atoms. Arrow keys turn it, plus and minus zoom, Home resets.`,
    displacement: 'Displacement from the perfect lattice (Å)',
    structures: { fcc: 'fcc, faint', hcp: 'hcp: stacking fault', other: 'neither: core' },
    line: 'dislocation line',
    shown: (shown: string, total: string) => `${shown} of ${total} atoms drawn`,
    building: 'Building the crystal…',
    invalid: 'The crystal appears once the recipe is valid.',
    relaxing: 'As built. LAMMPS is relaxing it…',
    relaxed: (kind: string, iterations: number, span: string) =>
      `Relaxed by LAMMPS (${kind}), ${iterations} iterations, ${span}`,
    notRelaxed: 'As built, not relaxed',
    retry: 'Try again',
    facts: {
      element: 'Element',
      size: 'Size',
      sizeValue: (nm: string, cells: string, atoms: string) => `${nm} nm · ${cells} cells · ${atoms} atoms`,
      burgers: 'Burgers vector',
      plane: 'Glide plane',
      character: 'Character',
      placement: 'Place',
      placements: { CD: 'close to the centre', RPD: 'anywhere' },
      reflection: 'Reflection',
      gb: (gb: number) => `g·b = ${gb}`,
      label: 'Label',
      split: 'Part',
      splits: { train: 'training', validation: 'validation', test: 'test' },
    },
  },
  pattern: {
    label: 'Its pattern',
    waiting: 'Computing the pattern…',
    facts: (oversampling: string, counts: string) => `oversampling ${oversampling} · ${counts} counts at the peak`,
  },
  job: {
    label: 'Simulation',
    folder: 'Folder of the set',
    placeholder: '/data/…/training-set',
    browse: 'Browse…',
    workers: 'Workers',
    workersHint: (cores: number) => `Processes at work; this machine has ${cores} cores`,
    start: 'Start',
    stop: 'Stop',
    resume: 'Resume',
    another: 'Another folder…',
    statuses,
    kinds,
    begun: (name: string, crystals: string, of: string) => `Holds “${name}”: ${crystals} of ${of} crystals are whole.`,
    whole: (name: string, of: string) => `Holds “${name}”, whole: ${of} crystals.`,
    goesOn: 'Start goes on with it.',
    differs: 'It is of another recipe than the one above; Resume goes on with its own.',
    tooSmall: (free: string) => `Only ${free} are free on its disk.`,
    free: (free: string) => `${free} free on its disk.`,
    progress: 'Crystals made',
    crystals: (n: string, of: string) => `${n} of ${of} crystals`,
    patterns: (n: string) => `${n} patterns`,
    left: (span: string) => `${span} left`,
    pace: (n: string) => `${n} crystals/h`,
    discarded: (n: string) => `${n} discarded and drawn anew`,
    interrupted: 'What is whole stays; Resume goes on from there.',
    noRecipe: 'Correct the recipe first.',
    noFolder: 'Name the folder to put it in.',
  },
} as const;
