import { elementNames } from '@core/crystal/elements';
import { families } from '@core/network/family';
import type { Family, Measured } from '@core/screening/measured';
import { LEAST_CELLS_TIMES_OVERSAMPLING, parseRecipe, type Recipe } from '@main/dataset/recipe';

/** Fewer scans say nothing about a beamtime. */
export const LEAST_SCANS = 5;

/** Nine tenths of some numbers, wider by a factor on either side, within bounds; all of the bounds where there are none. */
function spread(values: readonly number[], by: number, [low, high]: readonly [number, number]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number | undefined => sorted[Math.round(part * (sorted.length - 1))];
  const within = (value: number): number => Number(Math.min(high, Math.max(low, value)).toPrecision(3));
  return [within((at(0.05) ?? low) / by), within((at(0.95) ?? high) * by)];
}

/** Each kind with its share of the scans; a scan that may be of several is shared among them. */
function sharesOf<K extends string>(scans: readonly (readonly K[])[]): [K, number][] {
  const shares = new Map<K, number>();
  for (const kinds of scans) for (const kind of kinds) shares.set(kind, (shares.get(kind) ?? 0) + 1 / kinds.length);
  return [...shares].map(([kind, share]) => [kind, Number(share.toFixed(2))]);
}

/** A family is named so often among ten as it was measured, at least once. */
const inTenths = (shares: readonly (readonly [Family, number])[]): Family[] => {
  const all = shares.reduce((sum, [, share]) => sum + share, 0);
  return shares.flatMap(([name, share]) => Array<Family>(Math.max(1, Math.round((10 * share) / all))).fill(name));
};

const BOUNDS = { oversampling: [2, 8], effectiveNm: [10, 1500], counts: [100, 1e7] } as const;

/**
 * A recipe for crystals like those that were measured: their elements, reflections, sizes, counts and sampling; bodies, strain, coherence
 * and defects of every kind, since a scan does not tell them before it is judged rightly. Not relaxed: it is to be ready within minutes.
 * @returns undefined where too few scans tell their size
 */
export function recipeLike(scans: readonly Measured[]): Recipe | undefined {
  if (scans.length < LEAST_SCANS) return undefined;
  const elements = sharesOf(scans.map((scan) => scan.elements));
  const reflections = inTenths(sharesOf(scans.map(({ family }) => (family ? [family] : []))));
  const oversampling = spread(
    scans.map((scan) => scan.oversampling),
    1.1,
    BOUNDS.oversampling,
  );
  const cells = Math.max(26, Math.ceil(LEAST_CELLS_TIMES_OVERSAMPLING / oversampling[0]));
  return parseRecipe({
    name: 'like this beamtime',
    seed: 1,
    crystals: 600,
    orientations: 8,
    elements: Object.fromEntries(elements.length > 0 ? elements : elementNames.map((name) => [name, 1])),
    sizeCells: [cells, cells + 12],
    bodies: { winterbottom: 2, irregular: 2 },
    effectiveNm: spread(
      scans.map(({ sizeNm }) => sizeNm),
      1.3,
      BOUNDS.effectiveNm,
    ),
    height: [0.5, 1],
    shape: { facets: 0.2, rounding: [0, 1], stretch: 0.4, cuts: 4 },
    classes: { perfect: 1, screw: 1, edge: 1 },
    centred: 0.3,
    mixedDeg: 20,
    reflections: reflections.length > 0 ? reflections : families.slice(0, 2),
    reflectionsPerCrystal: 2,
    invisible: 'exclude',
    oversampling,
    shiftVoxels: 0.5,
    strainRad: [0, 3],
    exposure: {
      counts: spread(
        scans.flatMap(({ counts }) => counts ?? []),
        2,
        BOUNDS.counts,
      ),
      background: [0, 0.3],
      coherence: [0, 0.8],
      range: [0.5, 1.6],
      gaps: 0.15,
    },
    split: { validation: 0.1, test: 0.1 },
    crystalsPerShard: 4,
  });
}
