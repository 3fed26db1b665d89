import { createQMap, type ScanGeometry } from '@core/geometry/q';
import { multiply, scale, transpose, type Mat3, type Vec3 } from '@core/math/vector';

/** A crystal at a reflection, as a detector sees it. */
export interface Target {
  /** Reciprocal lattice vector of the reflection, crystal frame, 1/angstrom with the 2 pi. */
  readonly g: Vec3;
  /** Rotation from the crystal frame to the sample frame. */
  readonly orientation: Mat3;
  /**
   * Scattered amplitude at offsets from `g`, crystal frame, 1/angstrom; any unit.
   * @param dq N offsets, 3N numbers
   * @returns 2N numbers, (re, im) each; may be `out`
   */
  readonly amplitude: (dq: Float64Array, out: Float64Array) => Float64Array;
  /** Offset from `g`, 1/angstrom, beyond which the intensity counts as zero; it fades out over the last tenth. */
  readonly reach: number;
}

/** Pixels along the edge of the squares that are ruled out together. */
const TILE = 16;

/** Expected intensity on the detector, frame by frame. */
export interface ForwardModel {
  /**
   * Writes the intensity of every pixel (rows x cols) of a frame.
   * @param within only pixels so near `g`, 1/angstrom; the others are zero
   */
  frame(index: number, out: Float32Array, within?: number): void;
}

/** 1 up to nine tenths of the reach, then a smooth fall to 0, so that long streaks end without an edge. */
function fade(distance: number, reach: number): number {
  const start = 0.9 * reach;
  if (distance <= start) return 1;
  return Math.cos((Math.PI / 2) * ((distance - start) / (reach - start))) ** 2;
}

/**
 * The kinematic forward model: Q of each pixel exactly (not an affine map about the peak), turned from the sample frame into
 * the crystal frame, and the crystal's intensity there. Polarisation and solid angle vary by less than 1 % over a Bragg peak
 * and are left out.
 * @param shape rows and columns of a frame
 */
export function createForwardModel(
  geometry: ScanGeometry,
  shape: readonly [number, number],
  target: Target,
): ForwardModel {
  const [rows, cols] = shape;
  const map = createQMap(geometry);
  const transfers = new Float64Array(rows * cols * 3);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++, at += 3) transfers.set(map.transfer(row, col), at);
  }
  const toCrystal = transpose(target.orientation);
  const [gx, gy, gz] = target.g;
  const { reach } = target;
  const offsets = new Float64Array(rows * cols * 3);
  const amplitudes = new Float64Array(rows * cols * 2);
  const lit = new Int32Array(rows * cols);
  const dq = new Float64Array(3);
  // A pixel turns the outgoing wave vector by at most its pitch over the distance.
  const tileReach = (map.k(0) * TILE * Math.hypot(...geometry.pixelM)) / geometry.distanceM;

  /** Fills `lit` with the pixels near `g` and `offsets` with their q - g; how many they are. */
  const collect = (index: number, within: number): number => {
    const matrix = multiply(toCrystal, map.toSample(index));
    const k = map.k(index);
    const [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = [scale(matrix[0], k), scale(matrix[1], k), scale(matrix[2], k)];
    const distance = (at: number): number => {
      const [tx, ty, tz] = [transfers[at]!, transfers[at + 1]!, transfers[at + 2]!];
      dq[0] = xx * tx + xy * ty + xz * tz - gx;
      dq[1] = yx * tx + yy * ty + yz * tz - gy;
      dq[2] = zx * tx + zy * ty + zz * tz - gz;
      return Math.sqrt(dq[0] ** 2 + dq[1] ** 2 + dq[2] ** 2);
    };
    let count = 0;
    for (let top = 0; top < rows; top += TILE) {
      for (let left = 0; left < cols; left += TILE) {
        // Most of a detector is far from the peak: one corner of a tile answers for all of it.
        if (distance(3 * (top * cols + left)) > within + tileReach) continue;
        for (let row = top; row < Math.min(top + TILE, rows); row++) {
          for (let col = left; col < Math.min(left + TILE, cols); col++) {
            const pixel = row * cols + col;
            if (distance(3 * pixel) >= within) continue;
            offsets.set(dq, 3 * count);
            lit[count++] = pixel;
          }
        }
      }
    }
    return count;
  };

  return {
    frame(index, out, within = reach) {
      const count = collect(index, Math.min(within, reach));
      const found = target.amplitude(offsets.subarray(0, 3 * count), amplitudes.subarray(0, 2 * count));
      out.fill(0);
      for (let i = 0; i < count; i++) {
        const distance = Math.hypot(offsets[3 * i]!, offsets[3 * i + 1]!, offsets[3 * i + 2]!);
        out[lit[i]!] = (found[2 * i]! ** 2 + found[2 * i + 1]! ** 2) * fade(distance, reach);
      }
    },
  };
}

/**
 * Highest intensity of a scan. The maximum of a strained or dislocated crystal is not at `g`, but not many fringes from it either.
 * @param within search radius about `g`, 1/angstrom
 */
export function highestIntensity(
  model: ForwardModel,
  frames: number,
  pixels: number,
  within: number,
): { readonly value: number; readonly frame: number; readonly pixel: number } {
  const buffer = new Float32Array(pixels);
  let best = { value: 0, frame: 0, pixel: 0 };
  for (let frame = 0; frame < frames; frame++) {
    model.frame(frame, buffer, within);
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (buffer[pixel]! > best.value) best = { value: buffer[pixel]!, frame, pixel };
    }
  }
  return best;
}
