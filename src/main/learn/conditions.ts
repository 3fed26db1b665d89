import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { printedInsideSchema } from '@contract/printed-inside';
import { lineDepth } from '@core/crystal/depth';
import { elementNames, elements } from '@core/crystal/elements';
import { crystalShape } from '@main/dataset/crystal';
import { simulatedClasses } from '@vocabulary/classes';
import type { OpenedSets } from './join';
import { readList } from './lists';

const { says, character } = printedInsideSchema.shape;
const looseInside = z.looseObject({ says, character });

const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What a manifest or crystal line may say of a pattern that accuracy could depend on; lines of every kind of set are read by it. */
export const conditionsSchema = z.looseObject({
  label: z.enum(simulatedClasses),
  oversampling: z.number(),
  /** Its number in its own set. */
  crystal: z.int().optional(),
  element: z.string().optional(),
  hkl: triple.optional(),
  /** Counts of the brightest pixel of a raw scan, or of the brightest voxel of a simulated pattern. */
  peakCounts: z.number().optional(),
  exposure: z.looseObject({ counts: z.number(), coherence: z.number().min(0).optional() }).optional(),
  /** How raw frames were taken, in sets that are reduced from them; coherence in sizes, null for all of the crystal. */
  measured: z.looseObject({ counts: z.number(), coherence: z.number().positive().nullable() }).optional(),
  /** Of reflections, e.g. `311`. */
  family: z.string().optional(),
  body: z.string().optional(),
  strain: z.string().optional(),
  defectKind: z.string().optional(),
  /** Of a study by kinds. */
  kind: z.string().optional(),
  /** What phase retrieval shows within the crystal, of scans that were looked into. */
  inside: looseInside.optional(),
  mixingDeg: z.number().optional(),
  /** D, as it looks. */
  sizeNm: z.number().optional(),
  /** Distance of the dislocation from the centre, as a part of the lateral size. */
  offCentre: z.number().optional(),
  /** Depth of the relaxed dislocation below the surface, as a part of the size. */
  depth: z.number().optional(),
  dislocation: z.looseObject({ placement: z.enum(['CD', 'RPD']) }).optional(),
  /** Lateral size of a simulated crystal. */
  sizeAngstrom: z.number().optional(),
  lateralNm: z.number().optional(),
  strainRad: z.number().optional(),
});
export type Conditions = z.infer<typeof conditionsSchema>;

const numbered = z.looseObject({ crystal: z.int() });

/** A crystal's line of a simulated set, as far as its body and the dislocation found in it after relaxation go. */
const dislocatedSchema = z.looseObject({
  seed: z.int(),
  crystal: z.int(),
  attempt: z.int(),
  element: z.enum(elementNames),
  cells: z.number(),
  interfaceIndex: z.int().min(0).max(7),
  height: z.number(),
  shape: z.object({
    facets: z.number(),
    rounding: z.number(),
    stretch: z.number().optional(),
    cuts: z.int().optional(),
  }),
  sizeAngstrom: z.number().positive(),
  relaxation: z.looseObject({
    latticeAngstrom: z.number().positive(),
    ribbon: z.looseObject({ point: triple, line: triple }),
  }),
});

/**
 * How deep the relaxed dislocation of a crystal lies below its surface, as a part of the size: 0.4 to 0.5 through the middle. The shape is
 * drawn again from the line, with the surface energies of the named potential.
 */
function depthOf(line: unknown): number | undefined {
  const { data } = dislocatedSchema.safeParse(line);
  if (!data) return undefined;
  const { element, sizeAngstrom, relaxation } = data;
  const metal = { ...elements[element], latticeAngstrom: relaxation.latticeAngstrom };
  const shape = crystalShape(data.seed, data, metal);
  return lineDepth(shape, relaxation.ribbon.point, relaxation.ribbon.line) / sizeAngstrom;
}

function linesOf(
  folder: string,
  list: 'manifest' | 'crystals',
  shards?: readonly number[],
): z.infer<typeof numbered>[] {
  return readList(folder, list, shards).map((line, n) => {
    const parsed = numbered.safeParse(line);
    if (!parsed.success) throw new BraggwatchError('dataset-invalid', `${folder}, ${list}, line ${n + 1}`);
    return parsed.data;
  });
}

/**
 * How each pattern of a data set came about: its manifest line with its crystal's line beneath.
 * @param shards of these alone, see `readList`
 * @throws BraggwatchError dataset-invalid
 */
export function readConditions(folder: string, shards?: readonly number[]): Conditions[] {
  const crystals = new Map(
    linesOf(folder, 'crystals', shards).map((line) => [line.crystal, { ...line, depth: depthOf(line) }] as const),
  );
  return linesOf(folder, 'manifest', shards).map((line) => {
    const parsed = conditionsSchema.safeParse({ ...crystals.get(line.crystal), ...line });
    if (!parsed.success) throw new BraggwatchError('dataset-invalid', z.prettifyError(parsed.error).slice(0, 300));
    return parsed.data;
  });
}

/** {@link readConditions} of sets that were opened as one: of each of their patterns, in the same order. */
export const conditionsOf = ({ origins }: Pick<OpenedSets, 'origins'>): Conditions[] =>
  origins.flatMap(({ folder, made, patterns }) => readConditions(folder, made?.shards).slice(0, patterns));
