import type { ElementName } from '@core/crystal/elements';
import { families, familyOf } from '@core/network/family';
import { inferReflection } from '@core/verdict/reflection';

export type Family = (typeof families)[number];

/** What a judged scan tells of its crystal, for a set of such crystals. */
export interface Measured {
  /** Those whose lattice has the spacing that was measured. */
  readonly elements: readonly ElementName[];
  /** Of its reflection; undefined where nobody knows, or no set is made of it. */
  readonly family: Family | undefined;
  /** Cube root of its volume. */
  readonly sizeNm: number;
  /** 2 pi / (D dq) of the volume that was judged. */
  readonly oversampling: number;
  /** Of the brightest pixel, as far as a rocking curve tells. */
  readonly counts: number | undefined;
}

/** What its reduction found. */
export interface Reduced {
  readonly oversampling: number;
  /** Pixels or rocking steps per fringe, of the frames themselves. */
  readonly measuredOversampling?: number | undefined;
  readonly voxelInvAngstrom: number;
  readonly dAngstrom?: number | undefined;
}

const ANGSTROM_PER_NM = 10;

/** A crystal of L makes fringes 2 pi / L apart, sampled by as many voxels as the oversampling says. */
export const sizeNmOf = ({
  oversampling,
  voxelInvAngstrom,
}: Pick<Reduced, 'oversampling' | 'voxelInvAngstrom'>): number =>
  (2 * Math.PI) / (oversampling * voxelInvAngstrom) / ANGSTROM_PER_NM;

/**
 * What a judged scan tells of its crystal.
 * @param frames counts of each frame of the rocking curve
 */
export function measuredOf(
  { oversampling, measuredOversampling: pixels = oversampling, voxelInvAngstrom: voxel, dAngstrom }: Reduced,
  hkl: readonly number[] = [],
  frames: readonly number[] = [],
): Measured {
  const fit = dAngstrom === undefined ? undefined : inferReflection(dAngstrom);
  const family = familyOf(hkl);
  return {
    elements: fit ? [fit.element, ...fit.alternatives] : [],
    family: families.find((name) => name === family),
    sizeNm: sizeNmOf({ oversampling, voxelInvAngstrom: voxel }),
    oversampling,
    counts: brightest(frames, pixels),
  };
}

/** A fringe is so many pixels wide in either direction: the peak of the brightest frame, above its background, is spread over their square. */
function brightest(frames: readonly number[], pixels: number): number | undefined {
  const most = frames.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = frames.reduce((a, b) => Math.min(a, b), Infinity);
  return most > least ? (most - least) / pixels ** 2 : undefined;
}
