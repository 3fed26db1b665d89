import type { NamedAxis } from '@renderer/drawing/crystal/overlay';
import type { Solid } from '@renderer/drawing/inside/solid';
import { compact, fixed } from '@renderer/format';
import { text } from '@renderer/ui/words';
import { insideText } from './words';

/** Directions in a crystal, as the axes of its pattern are called. */
export const axisNames = text.axesShort.q;

export const bodyAxes: readonly NamedAxis[] = [
  [[1, 0, 0], axisNames[0]],
  [[0, 1, 0], axisNames[1]],
  [[0, 0, 1], axisNames[2]],
];

/** In what lengths within it are told: nm, or voxels where their size is not known. */
export const scaleUnit = ({ voxelNm }: Pick<Solid, 'voxelNm'>): { readonly voxel: number; readonly unit: string } =>
  voxelNm === null ? { voxel: 1, unit: insideText.unitVoxels } : { voxel: voxelNm, unit: insideText.unitNm };

/** A length within it, of so many voxels, to three digits. */
export function lengthOf(solid: Pick<Solid, 'voxelNm'>, voxels: number): string {
  const { voxel, unit } = scaleUnit(solid);
  return `${compact(voxels * voxel, 3)} ${unit}`;
}

/** How far a voxel lies from the crystal's middle along an axis. */
export function fromMiddle(solid: Solid, axis: 0 | 1 | 2, index: number): string {
  const { voxel, unit } = scaleUnit(solid);
  const off = (index - solid.bounds.centre[axis]) * voxel;
  return `${off > 0 ? '+' : ''}${fixed(off, 0)} ${unit}`;
}
