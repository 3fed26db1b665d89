import type { ParticleScan } from '@contract/particle';

/** One quantity of a particle over time, in the order in which its scans were taken. */
export interface Curve {
  readonly of: 'defective' | 'counts' | 'strain' | 'phase';
  readonly points: readonly { readonly scan: ParticleScan; readonly value: number }[];
}

/** Parts in so many by which a lattice spacing has changed. */
const PER = 1e4;

/**
 * How a particle changes: the chance of a defect, the peak's counts, and the strain: by how much the spacing differs from that at the first
 * scan of the same reflection, in 1e-4, and how much the phase within spreads. What fewer than two scans tell is no curve.
 */
export function curvesOf(scans: readonly ParticleScan[]): Curve[] {
  const first = new Map<number, number>();
  const valueOf: Readonly<Record<Curve['of'], (scan: ParticleScan) => number | undefined>> = {
    defective: ({ defective }) => defective,
    counts: ({ counts }) => counts,
    strain: ({ dAngstrom, reflection }) => {
      if (dAngstrom === undefined || reflection === null) return undefined;
      const before = first.get(reflection);
      if (before === undefined) first.set(reflection, dAngstrom);
      return PER * (dAngstrom / (before ?? dAngstrom) - 1);
    },
    phase: ({ phaseSpreadRad }) => phaseSpreadRad,
  };
  return (['defective', 'counts', 'strain', 'phase'] as const)
    .map((of) => ({
      of,
      points: scans.flatMap((scan) => {
        const value = valueOf[of](scan);
        return value === undefined ? [] : [{ scan, value }];
      }),
    }))
    .filter(({ points }) => points.length > 1);
}

/** Where a curve's points stand in a box, time to the right: as measured where the times differ, one after the other where they do not. */
export function placed(
  { of, points }: Curve,
  width: number,
  height: number,
): { readonly x: number; readonly y: number }[] {
  const times = points.map(({ scan }) => Date.parse(scan.at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const values = points.map(({ value }) => value);
  // A probability and counts begin at nothing; a strain is about its beginning.
  const low = of === 'strain' ? Math.min(0, ...values) : 0;
  const high = of === 'defective' ? 1 : Math.max(low + Number.EPSILON, ...values);
  return points.map(({ value }, n) => ({
    x: width * (to > from ? (times[n]! - from) / (to - from) : n / (points.length - 1)),
    y: height * (1 - (value - low) / (high - low)),
  }));
}
