import type { Vec3 } from '../math/vector';
import { SIZE } from './target';

/** Centre of mass of a cube of intensity (64^3, or any other size), in voxel indices. An empty volume has it at its centre. */
export function centreOfMass(intensity: Float32Array): Vec3 {
  const size = Math.round(Math.cbrt(intensity.length));
  let total = 0;
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let row = 0;
      let weighted = 0;
      for (let k = 0; k < size; k++, at++) {
        row += intensity[at]!;
        weighted += k * intensity[at]!;
      }
      total += row;
      a += i * row;
      b += j * row;
      c += weighted;
    }
  }
  return total > 0 ? [a / total, b / total, c / total] : [size / 2, size / 2, size / 2];
}

/** Scales an intensity in place to a maximum of 1 (paper, 'Validation on experimental data'). */
export function normaliseMaximum(intensity: Float32Array): Float32Array {
  let maximum = 0;
  for (const value of intensity) if (value > maximum) maximum = value;
  if (maximum > 0) for (let i = 0; i < intensity.length; i++) intensity[i]! /= maximum;
  return intensity;
}

/** Fills empty voxels that lie among hit ones by the mean of their 26 neighbours; the mask keeps saying that they were not measured. */
export function fillHoles(intensity: Float32Array, mask: Uint8Array): void {
  const filled: [number, number][] = [];
  for (let i = 1; i < SIZE - 1; i++) {
    for (let j = 1; j < SIZE - 1; j++) {
      for (let k = 1; k < SIZE - 1; k++) {
        const at = (i * SIZE + j) * SIZE + k;
        if (mask[at] === 0 || intensity[at] !== 0) continue;
        let sum = 0;
        let hits = 0;
        for (let di = -1; di <= 1; di++) {
          for (let dj = -1; dj <= 1; dj++) {
            for (let dk = -1; dk <= 1; dk++) {
              const n = at + (di * SIZE + dj) * SIZE + dk;
              if (mask[n] !== 0) continue;
              sum += intensity[n]!;
              hits++;
            }
          }
        }
        if (hits >= 9) filled.push([at, sum / hits]);
      }
    }
  }
  for (const [at, value] of filled) intensity[at] = value;
}
