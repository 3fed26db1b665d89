import { z } from 'zod';
import { paperClasses } from '@vocabulary/classes';
import { elementNames } from '@core/crystal/elements';
import demo from '@resources/demo.json';

const positive = z.number().positive();
const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, 'a range goes from low to high');

/** A simulated beamtime (`resources/demo.json`). Pairs are ranges that each scan draws from. */
export const demoRecipeSchema = z.strictObject({
  sample: z.string().regex(/^[\w-]+$/),
  element: z.enum(elementNames),
  /** Sees the dislocations, whose Burgers vector is a/2 [1 -1 0] as in the paper. */
  hkl: z.tuple([z.int(), z.int(), z.int()]),
  energyEv: z.number().min(1000).max(200_000),
  distanceM: positive,
  directBeam: z.tuple([z.number(), z.number()]),
  /** Edge of the cube that the crystal's free shape would be cut from. */
  lateralNm: range,
  /** Largest phase of the smooth strain that every crystal has. */
  strainRad: z.number().min(0),
  frames: range,
  /** Fringes that the rocking curve reaches to on either side. */
  fringes: positive,
  /** Expected counts of the brightest pixel. */
  peakCounts: range,
  /** Counts per pixel and frame. */
  background: range,
  hotPixels: z.int().min(0),
  deadPixels: z.int().min(0),
  zingerRate: z.number().min(0).max(1),
  countTimeS: positive,
  startedAt: z.iso.datetime(),
  /** Played in an order drawn from the seed. */
  scans: z
    .array(
      z.strictObject({
        defect: z.enum(paperClasses),
        /** Distance of the dislocation from the centre, as a part of the lateral size. */
        offCentre: range.default([0, 0]),
      }),
    )
    .min(1),
});

export type DemoRecipe = z.infer<typeof demoRecipeSchema>;

/** The beamtime that `npm run demo` plays. */
export const demoRecipe: DemoRecipe = demoRecipeSchema.parse(demo);
