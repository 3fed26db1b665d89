import type { Mat3, Vec3 } from '@core/math/vector';

/**
 * A cubic volume seen through a linear map about its centre index (size / 2 along each axis), by trilinear interpolation:
 * out(i) = in(centre + map (i - centre) + shift), each counted from its own centre. What lies outside reads as zero.
 * @param volume size^3, first axis slowest
 * @param shift voxels
 * @param out a cube of any even edge, overwritten; must not be `volume`
 */
export function resample(volume: Float32Array, size: number, map: Mat3, shift: Vec3, out: Float32Array): void {
  const centre = size / 2;
  const edge = Math.round(Math.cbrt(out.length));
  const middle = edge / 2;
  const last = size - 1;
  const [stepX, stepY, stepZ] = [map[0][2], map[1][2], map[2][2]];
  let at = 0;
  const [[xi, xj], [yi, yj], [zi, zj]] = map;
  for (let i = 0; i < edge; i++) {
    for (let j = 0; j < edge; j++) {
      let x = centre + shift[0] + xi * (i - middle) + xj * (j - middle) - stepX * middle;
      let y = centre + shift[1] + yi * (i - middle) + yj * (j - middle) - stepY * middle;
      let z = centre + shift[2] + zi * (i - middle) + zj * (j - middle) - stepZ * middle;
      for (let k = 0; k < edge; k++, at++, x += stepX, y += stepY, z += stepZ) {
        if (!(x >= 0 && y >= 0 && z >= 0 && x <= last && y <= last && z <= last)) {
          out[at] = 0;
          continue;
        }
        // All are positive here, so that cutting off the fraction is the floor.
        const x0 = x | 0;
        const y0 = y | 0;
        const z0 = z | 0;
        const fx = x - x0;
        const fy = y - y0;
        const fz = z - z0;
        const lower = (x0 * size + y0) * size + z0;
        // On the last plane the upper neighbour has weight 0; it is read from the plane itself.
        const dz = z0 < last ? 1 : 0;
        const dy = y0 < last ? size : 0;
        const upper = lower + (x0 < last ? size * size : 0);
        const a = volume[lower]! + fz * (volume[lower + dz]! - volume[lower]!);
        const b = volume[lower + dy]! + fz * (volume[lower + dy + dz]! - volume[lower + dy]!);
        const c = volume[upper]! + fz * (volume[upper + dz]! - volume[upper]!);
        const d = volume[upper + dy]! + fz * (volume[upper + dy + dz]! - volume[upper + dy]!);
        const near = a + fy * (b - a);
        out[at] = near + fx * (c + fy * (d - c) - near);
      }
    }
  }
}
