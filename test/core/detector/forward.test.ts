import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createForwardModel, highestIntensity } from '@core/detector/forward';
import { orientationFrom } from '@core/detector/orientation';
import { createQMap, spacing, type ScanGeometry } from '@core/geometry/q';
import { apply, determinant, dot, norm, normalise, scale, subtract, transpose, type Vec3 } from '@core/math/vector';

// A block of a simple cubic lattice: its amplitude is known in closed form, and it is small enough to sum atom by atom.
const LATTICE = 4;
const CELLS = [120, 90, 60] as const;
const G: Vec3 = scale([1, 0, 1], (2 * Math.PI) / LATTICE);
const SHAPE = [96, 80] as const;
const FRAMES = 21;
const MIDDLE = { frame: 10, row: 45, col: 33 };

/** F of the block about any reciprocal lattice vector, its phase counted from the block's centre. */
function blockAmplitude(dx: number, dy: number, dz: number): number {
  return [dx, dy, dz].reduce((product, d, axis) => {
    const half = (d * LATTICE) / 2;
    return product * (Math.abs(half) < 1e-12 ? CELLS[axis]! : Math.sin(CELLS[axis]! * half) / Math.sin(half));
  }, 1);
}

/** A function of one place as the model wants it: for many, and complex. */
const forMany =
  (at: (x: number, y: number, z: number) => number) =>
  (dq: Float64Array, out: Float64Array): Float64Array => {
    for (let i = 0; i < dq.length / 3; i++) {
      // Any phase will do.
      out[2 * i] = 0.6 * at(dq[3 * i]!, dq[3 * i + 1]!, dq[3 * i + 2]!);
      out[2 * i + 1] = 0.8 * at(dq[3 * i]!, dq[3 * i + 1]!, dq[3 * i + 2]!);
    }
    return out;
  };

const geometry: ScanGeometry = {
  sampleCircles: ['z-', 'y-', 'z-'],
  sampleAngles: [[0.3], Array.from({ length: FRAMES }, (_, i) => 13 + 0.03 * (i - 10)), [40]],
  detectorCircles: ['z-', 'y-'],
  detectorAngles: [4, 27.9],
  detectorDirections: ['z-', 'y+'],
  energyEv: 9000,
  distanceM: 0.3,
  pixelM: [55e-6, 55e-6],
  directBeam: [40, 41],
};
const map = createQMap(geometry);
const orientation = orientationFrom(G, map.at(MIDDLE.frame, MIDDLE.row, MIDDLE.col), 1.1);
/** The reflection as long as Q at the chosen pixel is, so that it hits that pixel and no other. */
const g = scale(normalise(G), norm(map.at(MIDDLE.frame, MIDDLE.row, MIDDLE.col)));
const target = { g, orientation, amplitude: forMany(blockAmplitude), reach: 0.1 };
const model = createForwardModel(geometry, SHAPE, target);
const frame = (index: number): Float32Array => {
  const out = new Float32Array(SHAPE[0] * SHAPE[1]);
  model.frame(index, out);
  return out;
};

describe('the orientation of a particle', () => {
  const direction = fc
    .tuple(fc.double({ min: 0, max: Math.PI, noNaN: true }), fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }))
    .map(([polar, turn]): Vec3 => [
      Math.sin(polar) * Math.cos(turn),
      Math.sin(polar) * Math.sin(turn),
      Math.cos(polar),
    ]);

  it('lays g along q by a proper rotation, whatever the spin', () => {
    fc.assert(
      fc.property(direction, direction, fc.double({ min: -7, max: 7, noNaN: true }), (from, to, spin) => {
        const turn = orientationFrom(from, scale(to, 2.7), spin);
        expect(dot(apply(turn, from), to)).toBeCloseTo(1, 10);
        expect(determinant(turn)).toBeCloseTo(1, 10);
        expect(norm(apply(turn, [1, 2, 3]))).toBeCloseTo(Math.sqrt(14), 10);
      }),
    );
  });

  it('spins about q, right-handed', () => {
    const at = (spin: number): Vec3 => apply(orientationFrom([0, 0, 2], [0, 5, 0], spin), [1, 0, 0]);
    const [before, after] = [at(0.4), at(0.4 + Math.PI / 2)];
    expect(dot(before, after)).toBeCloseTo(0, 12);
    // Turning about +y takes z to x.
    expect([before[2], -before[0]]).toEqual([expect.closeTo(after[0], 12), expect.closeTo(after[2], 12)]);
  });
});

describe('the forward model', () => {
  it('puts the reflection where the orientation says, at the spacing of the lattice', () => {
    const best = highestIntensity(model, FRAMES, SHAPE[0] * SHAPE[1], 0.05);
    expect([best.frame, Math.floor(best.pixel / SHAPE[1]), best.pixel % SHAPE[1]]).toEqual(Object.values(MIDDLE));
    expect(spacing(map.at(best.frame, MIDDLE.row, MIDDLE.col))).toBeCloseTo((2 * Math.PI) / norm(g), 9);
    expect(best.value / (CELLS[0] * CELLS[1] * CELLS[2]) ** 2).toBeCloseTo(1, 6);
  });

  it('equals a sum over atoms in the laboratory, with its own trigonometry', () => {
    // The lattice whose (101) is as long as g; the block's closed form in units of the lattice stays what it was.
    const radians = (degrees: number): number => (degrees * Math.PI) / 180;
    /** Right-handed turn of (x, y, z) in the plane of two of its axes. */
    const turn = (v: Vec3, a: 0 | 1 | 2, b: 0 | 1 | 2, angle: number): Vec3 => {
      const out: [number, number, number] = [...v];
      out[a] = v[a] * Math.cos(angle) - v[b] * Math.sin(angle);
      out[b] = v[a] * Math.sin(angle) + v[b] * Math.cos(angle);
      return out;
    };
    const k = (2 * Math.PI * geometry.energyEv) / 12398.419843320025;
    const stretch = norm(G) / norm(g);
    const atoms: Vec3[] = [];
    for (let i = 0; i < CELLS[0]; i++) {
      for (let j = 0; j < CELLS[1]; j++) {
        for (let l = 0; l < CELLS[2]; l++) atoms.push(scale([i, j, l], LATTICE * stretch));
      }
    }
    const small = {
      ...target,
      amplitude: forMany((x, y, z) => blockAmplitude(x * stretch, y * stretch, z * stretch)),
    };
    const out = new Float32Array(SHAPE[0] * SHAPE[1]);
    for (const [index, row, col] of [
      [10, 45, 33],
      [9, 47, 30],
      [13, 40, 38],
      [4, 52, 33],
    ] as const) {
      createForwardModel(geometry, SHAPE, small).frame(index, out);
      // The pixel: up is z, outboard y, rows grow downwards, columns outboard; delta lifts it, then nu swings it.
      const flat: Vec3 = [geometry.distanceM, (col - 41) * 55e-6, -(row - 40) * 55e-6];
      const arm = turn(turn(flat, 0, 2, radians(27.9)), 0, 1, -radians(4));
      const scattered = scale(arm, 1 / norm(arm));
      const transfer: Vec3 = [scattered[0] - 1, scattered[1], scattered[2]];
      let re = 0;
      let im = 0;
      for (const atom of atoms) {
        const inSample = apply(orientation, atom);
        const eta = geometry.sampleAngles[1]![index]!;
        const inLab = turn(turn(turn(inSample, 0, 1, -radians(40)), 0, 2, radians(eta)), 0, 1, -radians(0.3));
        const phase = k * dot(transfer, inLab);
        re += Math.cos(phase);
        im += Math.sin(phase);
      }
      const pixel = out[row * SHAPE[1] + col]!;
      expect(pixel).toBeGreaterThan(0);
      expect(Math.abs(pixel / (re ** 2 + im ** 2) - 1)).toBeLessThan(1e-4);
    }
  });

  it('spaces fringes on the detector as the size of the crystal asks', () => {
    // Along a row of the middle frame, where a crystal of one length has nothing but its fringes.
    const thin = 1500;
    const along = normalise(subtract(map.at(10, 45, 34), map.at(10, 45, 33)));
    const axis = apply(transpose(orientation), along);
    const slab = createForwardModel(geometry, SHAPE, {
      ...target,
      amplitude: forMany((x, y, z) => Math.sin((dot([x, y, z], axis) * thin) / 2)),
    });
    const out = new Float32Array(SHAPE[0] * SHAPE[1]);
    slab.frame(10, out);
    const line = out.subarray(45 * SHAPE[1], 46 * SHAPE[1]);
    const maxima = [...line.keys()].filter((i) => i > 0 && line[i]! > line[i - 1]! && line[i]! >= (line[i + 1] ?? 0));
    const lambda = 12398.42 / 9000;
    const expected = (lambda * 0.3) / (thin * 55e-6);
    expect(maxima.length).toBeGreaterThan(8);
    const spaced = (maxima.at(-1)! - maxima[0]!) / (maxima.length - 1);
    // Maxima are found to a pixel.
    expect(Math.abs(spaced / expected - 1)).toBeLessThan(0.03);
  });

  it('is zero beyond its reach and untouched within nine tenths of it', () => {
    const near = createForwardModel(geometry, SHAPE, { ...target, amplitude: forMany(() => 1), reach: 0.02 });
    const out = new Float32Array(SHAPE[0] * SHAPE[1]);
    near.frame(10, out);
    const middle = map.at(10, MIDDLE.row, MIDDLE.col);
    out.forEach((value, pixel) => {
      const q = map.at(10, Math.floor(pixel / SHAPE[1]), pixel % SHAPE[1]);
      const away = norm(subtract(q, middle));
      if (away < 0.0179) expect(value).toBeCloseTo(1, 6);
      if (away > 0.0201) expect(value).toBe(0);
    });
    expect(frame(10).some((value) => value > 0)).toBe(true);
  });
});
