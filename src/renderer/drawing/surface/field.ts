import type { PreparedVolume } from '@renderer/drawing/slices/volume';

/** What an iso-surface is drawn through: the logarithm of the intensity, on a grid that can be drawn while a slider moves. */
export interface LogField {
  /** log10 of the intensity, first axis slowest. */
  readonly values: Float32Array;
  readonly shape: readonly [number, number, number];
  /** Voxels of the volume along the edge of one of the field. */
  readonly step: number;
}

/** Longest edge of the field; beyond it the brightest of a block stands for the block. */
const longest = 96;
/** Zero has no logarithm; this lies below any level. */
export const nothing = -12;

/** The field of a volume. Fringes fall over decades, so crossings are interpolated between logarithms. */
export function logField({ shape, intensity }: Pick<PreparedVolume, 'shape' | 'intensity'>): LogField {
  const step = Math.ceil(Math.max(...shape) / longest);
  const [ni, nj, nk] = shape.map((n) => Math.ceil(n / step)) as [number, number, number];
  const brightest = new Float32Array(ni * nj * nk);
  for (let i = 0, n = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++, n++) {
        const at = (Math.floor(i / step) * nj + Math.floor(j / step)) * nk + Math.floor(k / step);
        if (intensity[n]! > brightest[at]!) brightest[at] = intensity[n]!;
      }
  return { values: brightest.map((value) => Math.max(nothing, Math.log10(value))), shape: [ni, nj, nk], step };
}

/** How far what is as bright as a level reaches from a centre, in cells; 0 where nothing is. */
export function reachOf(
  { values, shape: [ni, nj, nk] }: LogField,
  level: number,
  [ci, cj, ck]: readonly [number, number, number],
): number {
  let most = 0;
  for (let i = 0, n = 0; i < ni; i++)
    for (let j = 0; j < nj; j++)
      for (let k = 0; k < nk; k++, n++)
        if (values[n]! >= level) most = Math.max(most, (i - ci) ** 2 + (j - cj) ** 2 + (k - ck) ** 2);
  return Math.sqrt(most);
}
