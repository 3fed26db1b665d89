import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { bodyKinds } from '@core/crystal/bodies';
import { elementNames } from '@core/crystal/elements';
import { otherKinds } from '@core/crystal/other';
import { strainKinds } from '@core/crystal/strain-kinds';
import { families } from '@core/network/family';
import { paperClasses, simulatedClasses } from '@vocabulary/classes';
import { tableOf } from '@vocabulary/keys';

/** [from, to], both allowed, from <= to. */
const range = (low: number, high: number) =>
  z
    .tuple([z.number().min(low).max(high), z.number().min(low).max(high)])
    .refine(([from, to]) => from <= to, 'the first number is the smaller one');

const share = z.number().min(0).max(1);
const weight = z.number().min(0).max(1e6);

/** Relative frequency of some of several kinds. */
const shares = <const K extends string>(kinds: readonly [K, ...K[]]) =>
  z.partialRecord(z.enum(kinds), weight).refine((w) => Object.values(w).some((x) => Number(x) > 0), 'none of them');

// D is about 0.7 of the cube that a crystal is cut from; neighbouring reflections are sqrt(3) 2 pi / a away, the cube's corners
// sqrt(3) 32 dq. Below this product of size and oversampling they would meet.
export const LEAST_CELLS_TIMES_OVERSAMPLING = 32 / 0.7;

const positive = z.number().positive();

/** An element's own potential. */
const potentialFileSchema = z.strictObject({
  /** A setfl (`eam/alloy`) or Finnis-Sinclair (`eam/fs`) file; in a recipe file, from that file's folder on. */
  file: z.string().min(1).max(1000),
  /** Its surface energies of {111}, {100}, {110}, J/m^2: they shape the crystal. `braggwatch potential FILE` measures them. */
  surface: z.tuple([positive, positive, positive]),
});

/** How crystals are relaxed before they scatter. */
export const relaxationSchema = z.strictObject({
  /** Name of the potentials: `zhou04`, those of Zhou, Johnson and Wadley for every element here. */
  potential: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'a name, not a path'),
  /** Users' potentials, in place of the named one for their elements. Not from a screen: no file is opened that it names. */
  files: z.partialRecord(z.enum(elementNames), potentialFileSchema).optional(),
  /**
   * Stop when a step changes the energy by less than this part of it; 1e-6 in the paper. For a crystal of the paper's size: smaller ones
   * stop at the same energy, see `relax/tolerance`.
   */
  energyTolerance: z.number().min(0).max(1e-2).default(1e-6),
  maxIterations: z.int().min(1).max(100_000).default(1000),
});

/** How raw scans of a set's crystals are taken. */
const measuredSchema = z.strictObject({
  pixelsPerFringe: range(2, 12),
  framesPerFringe: range(1, 12),
  /** That the rocking curve reaches to on either side of the peak. */
  fringes: range(1, 20),
  /** Smallest coherence length over the crystal's size; drawn evenly in its inverse, down to 0. */
  leastCoherence: z.number().min(0.1).max(100),
  /** Shares of scans with a gap between modules, one in three of them on the peak; with a beam-stop on it; with a neighbour's peak. */
  gaps: share,
  beamStops: share,
  neighbours: share,
  /** Shares with one or two dark frames; with one to four frames lost, their angles with them. */
  dark: share,
  dropped: share,
});

export type MeasuredRecipe = z.infer<typeof measuredSchema>;

export type RelaxationRecipe = z.infer<typeof relaxationSchema>;

const fields = z.strictObject({
  name: z.string().min(1).max(80),
  seed: z.int().min(0).max(0xffffffff),
  crystals: z.int().min(1).max(1_000_000),
  /** Patterns of each crystal, each with its own spin, voxel, exposure. */
  orientations: z.int().min(1).max(100),
  /** Relative frequency of each element. */
  elements: z
    .partialRecord(z.enum(elementNames), weight)
    .refine((w) => Object.values(w).some((x) => x > 0), 'no element'),
  /** Edge of the cube that a crystal is cut from, unit cells; 40 and 80 in the paper. */
  sizeCells: range(8, 120),
  /** Bodies that crystals are cut as, by relative frequency; absent: Winterbottom's, as `shape` lets them stray. */
  bodies: shares(bodyKinds).optional(),
  /**
   * Sizes (cube root of the volume) that crystals are made to look like, nm, drawn evenly in their logarithm: each lattice site then stands
   * for a block of cells, with the displacement and the form factor of the real size. Absent: each is an atom. Not for relaxed ones.
   */
  effectiveNm: range(3, 2000).optional(),
  /** Height over that of the free shape. */
  height: range(0.1, 1),
  /** How far shapes stray from those of the surface energies, see {@link ShapeVariation}; absent: not at all, as in the paper. */
  shape: z
    .strictObject({
      facets: z.number().min(0).max(0.3),
      rounding: range(0, 1),
      stretch: z.number().min(0).max(1).optional(),
      /** Most cuts; each crystal has up to as many. */
      cuts: z.int().min(0).max(20).optional(),
    })
    .optional(),
  /** Relative frequency of each class; exact to one crystal. */
  classes: z
    .strictObject({ ...tableOf(simulatedClasses, () => weight.optional()), ...tableOf(paperClasses, () => weight) })
    .refine((weights) => Object.values(weights).some((each) => each !== undefined && each > 0), 'no class'),
  /** Kinds that crystals of the class `other` are of, by relative frequency; all alike when left out. */
  others: shares(otherKinds).optional(),
  /** Share of dislocations close to the centre (CD); the others lie anywhere (RPD). */
  centred: share,
  /** Largest turn of a line away from pure screw or edge, degrees; labels go by the dominant character. */
  mixedDeg: z.number().min(0).max(45),
  /** Share of dislocations that are split into Shockley partials, with a ribbon of stacking fault so wide, nm; none when left out. */
  ribbons: z.strictObject({ share, widthNm: range(0.1, 100) }).optional(),
  /** Families of reflections: every member is as likely. */
  reflections: z.array(z.enum(families)).min(1),
  /**
   * Reflections that each crystal is seen at, each with a smooth strain of its own; its patterns are shared out among them. One when left
   * out, as in the paper. Relaxing takes most of the time, and a crystal looks different at every reflection.
   */
  reflectionsPerCrystal: z.int().min(1).max(100).optional(),
  /** Dislocations with g.b = 0: not drawn, or drawn and labelled perfect, which is what they look like. */
  invisible: z.enum(['exclude', 'perfect']),
  /** 2 pi / (D dq), D the cube root of the crystal's volume, dq the voxel. */
  oversampling: range(1.5, 12),
  /** Largest distance of the centre of mass from the cube's centre along each axis, voxels. */
  shiftVoxels: z.number().min(0).max(4),
  /** Largest phase of a smooth strain, radian. */
  strainRad: range(0, 8),
  /** Kinds of strain by relative frequency; `strainRad` is then the range of g . u over the body. Absent: waves, bounded by it. */
  strains: shares(strainKinds).optional(),
  exposure: z.strictObject({
    /** Counts of the brightest voxel, drawn evenly in their logarithm. */
    counts: range(10, 1e9),
    /** Counts per voxel. */
    background: range(0, 1e4),
    /** Blur by partial coherence, voxels. */
    coherence: range(0, 4),
    /** Half-width covered by the rocking curve over the cube's. */
    range: range(0.2, 2),
    /** Share of patterns with a gap between detector modules in them; none when left out, as in recipes from before there were any. */
    gaps: share.optional(),
  }),
  /**
   * Patterns are raw frames of rocking scans, reduced by this program as measured ones are: of `exposure` they take the counts and the background
   * (per pixel and frame), and voxels, spin and centre are as the reduction makes them. Absent: patterns are computed on their voxels.
   */
  measured: measuredSchema.optional(),
  split: z
    .strictObject({ validation: share, test: share })
    .refine((s) => s.validation + s.test < 1, 'nothing left to train on'),
  /** Crystals in one file; also what each worker loses when the program is killed. */
  crystalsPerShard: z.int().min(1).max(64),
  /** Absent or null: crystals stay as they were built. */
  relaxation: relaxationSchema.nullish(),
});

/** Classes that the paper's sets do not hold. */
export const furtherClasses = simulatedClasses.filter((name) => !paperClasses.some((other) => other === name));

/** What a training set is made of (DESIGN section 6). The same recipe gives the same set, to the bit, on one kind of machine. */
export const recipeSchema = fields
  .refine(({ sizeCells, oversampling }) => sizeCells[0] * oversampling[0] >= LEAST_CELLS_TIMES_OVERSAMPLING, {
    path: ['sizeCells'],
    message: 'crystals this small, sampled this coarsely, would show several Bragg peaks at once',
  })
  .refine(
    ({ relaxation, effectiveNm, classes, ribbons }) =>
      !relaxation || !(effectiveNm || ribbons || furtherClasses.some((name) => classes[name])),
    {
      path: ['relaxation'],
      message: 'only crystals of atoms with one dislocation at most are relaxed, and they split it by themselves',
    },
  );

export type Recipe = z.infer<typeof recipeSchema>;

/**
 * Checks a recipe.
 * @throws BraggwatchError recipe-invalid
 */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success) throw new BraggwatchError('recipe-invalid', z.prettifyError(parsed.error).slice(0, 500));
  return parsed.data;
}

// A recipe is a page of text; anything larger is something else.
const MAX_BYTES = 1_000_000;

/**
 * Reads a recipe file.
 * @throws BraggwatchError path-missing, recipe-invalid
 */
export function loadRecipe(path: string): Recipe {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (cause) {
    throw new BraggwatchError('path-missing', path, { cause });
  }
  if (text.length > MAX_BYTES) throw new BraggwatchError('recipe-invalid', `${path} is too large`);
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new BraggwatchError('recipe-invalid', `${path} is no JSON`, { cause });
  }
  return withFilesFrom(dirname(resolve(path)), parseRecipe(value));
}

/** The recipe with its potential files' whole paths, so that it can be followed from anywhere. */
function withFilesFrom(folder: string, recipe: Recipe): Recipe {
  const { relaxation } = recipe;
  if (!relaxation?.files) return recipe;
  const files = Object.fromEntries(
    Object.entries(relaxation.files).map(([element, own]) => [element, { ...own, file: resolve(folder, own.file) }]),
  );
  return { ...recipe, relaxation: { ...relaxation, files } };
}
