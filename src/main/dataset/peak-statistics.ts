import { simulatedClasses, type SimulatedClass } from '@vocabulary/classes';

/** What the statistics need to know of a crystal. */
export interface CrystalFacts {
  readonly crystal: number;
  readonly atoms: number;
  readonly defect: SimulatedClass;
  readonly dislocation?: { readonly placement: 'CD' | 'RPD' } | undefined;
}

/** And of each of its patterns. */
export interface PeakFacts {
  readonly crystal: number;
  readonly label: SimulatedClass;
  /** Brightest voxel over (N f)^2. */
  readonly peakShare: number;
}

const placements = ['none', 'CD', 'RPD'] as const;

/** Width of the histogram's bins; the last also holds what lies above 100 %. */
const BIN_PERCENT = 2.5;
const BINS = 100 / BIN_PERCENT;
/** The paper's small crystals have 100 000 to 140 000 atoms, a factor of 1.2 either side of their middle: that is its "similar". */
const SIMILAR = 1.2;

export interface Spread {
  readonly mean: number;
  readonly sd: number;
}

/** Patterns of one label, and of one placement where there is a dislocation. */
export interface StatisticsGroup {
  readonly label: SimulatedClass;
  /** Absent: all of the label. `none`: labelled perfect without a dislocation, as opposed to one that the reflection does not see. */
  readonly placement?: (typeof placements)[number];
  readonly patterns: number;
  /** Brightest voxel over that of the brightest defect-free pattern of a similar number of atoms: the paper's measure. */
  readonly percent: Spread;
  /** Brightest voxel over that of an ideal crystal of exactly as many atoms, at its very peak: without the numbers' own spread. */
  readonly percentOfIdeal: Spread;
  /** Patterns in each bin of `percent`. */
  readonly histogram: readonly number[];
}

export interface SetStatistics {
  readonly patterns: number;
  readonly binPercent: number;
  /** Patterns without a defect-free crystal of a similar size in the set; an ideal one stands in. */
  readonly withoutReference: number;
  readonly groups: readonly StatisticsGroup[];
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
}

/** The brightest defect-free pattern, form factor taken out, of the crystals with a similar number of atoms; by number of atoms. */
function references(
  crystals: ReadonlyMap<number, CrystalFacts>,
  patterns: readonly PeakFacts[],
): (atoms: number) => number | undefined {
  const brightest = new Map<number, number>();
  for (const { crystal, peakShare } of patterns) {
    const { atoms, defect } = crystals.get(crystal)!;
    if (defect === 'perfect') brightest.set(atoms, Math.max(brightest.get(atoms) ?? 0, peakShare * atoms ** 2));
  }
  const known = [...brightest];
  const found = new Map<number, number | undefined>();
  return (atoms) => {
    if (!found.has(atoms)) {
      const similar = known.filter(([other]) => other <= atoms * SIMILAR && other * SIMILAR >= atoms);
      found.set(atoms, similar.length > 0 ? similar.reduce((most, [, x]) => Math.max(most, x), 0) : undefined);
    }
    return found.get(atoms);
  };
}

/**
 * Maximum-intensity statistics, which show how dislocations are distributed in a set (Supplementary Fig. 15): one through the centre
 * takes most of the peak away, one near the surface little. In the paper's Au sets of small crystals, % of a defect-free one:
 * screw 38 +- 8 and edge 43 +- 9 (all CD), 45 +- 12 and 50 +- 13 (all RPD).
 */
export function setStatistics(crystalFacts: readonly CrystalFacts[], patterns: readonly PeakFacts[]): SetStatistics {
  const crystals = new Map(crystalFacts.map((line) => [line.crystal, line]));
  const reference = references(crystals, patterns);
  let withoutReference = 0;
  const measured = patterns.map(({ crystal, label, peakShare }) => {
    const { atoms, dislocation } = crystals.get(crystal)!;
    const similar = reference(atoms);
    if (similar === undefined) withoutReference++;
    const percent = (100 * peakShare * atoms ** 2) / (similar ?? atoms ** 2);
    return { label, placement: dislocation?.placement ?? 'none', percent, ideal: 100 * peakShare };
  });
  const group = (label: SimulatedClass, placement?: (typeof placements)[number]): StatisticsGroup[] => {
    const members = measured.filter((m) => m.label === label && (placement === undefined || m.placement === placement));
    if (members.length === 0) return [];
    const histogram = new Array<number>(BINS).fill(0);
    for (const { percent } of members) histogram[Math.min(BINS - 1, Math.floor(percent / BIN_PERCENT))]! += 1;
    return [
      {
        label,
        ...(placement && { placement }),
        patterns: members.length,
        percent: spreadOf(members.map((m) => m.percent)),
        percentOfIdeal: spreadOf(members.map((m) => m.ideal)),
        histogram,
      },
    ];
  };
  return {
    patterns: patterns.length,
    binPercent: BIN_PERCENT,
    withoutReference,
    groups: simulatedClasses.flatMap((label) => [...group(label), ...placements.flatMap((p) => group(label, p))]),
  };
}
