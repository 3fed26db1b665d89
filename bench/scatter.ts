import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import { elements, poissonRatio } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { winterbottom } from '@core/crystal/shape';
import { burgersVectors, glidePlanes, lineDirection } from '@core/crystal/slip';
import { qFrame } from '@core/geometry/affine';
import { scale, type Vec3 } from '@core/math/vector';
import { stream } from '@core/random/stream';
import { formFactor } from '@core/scatter/formFactor';
import { createScatterer } from '@core/scatter/nufft';
import { createPlainSpreader } from '@core/scatter/spread';
import { SIDE, type PatternWindow } from '@core/scatter/window';

/** The paper's two sizes, in cells, and what its GPU took for one pattern of each. */
const cases = [
  { cells: 42.4, voxels: 400, paperGpuS: 0.25 },
  { cells: 82.6, voxels: 60, paperGpuS: 2 },
];
const ROUNDS = 7;
/** Of the benchmarks' crystals: voxels per fringe. */
export const OVERSAMPLING = 3;
const f = (q: number): number => formFactor('Pt', q);

/** Seconds of processor time that a step takes: what another program does meanwhile does not count. */
function processorSeconds(step: () => void): number {
  const before = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const fastest = (step: () => void): number => Math.min(...Array.from({ length: ROUNDS }, () => processorSeconds(step)));

/** A platinum crystal with an edge dislocation through its middle, seen at 111. */
export function crystal(cells: number): { positions: Float64Array; window: PatternWindow } {
  const { latticeAngstrom: a, elasticGpa } = elements.Pt;
  const shape = winterbottom({ element: 'Pt', lateral: cells * a, interfaceIndex: 3, height: 0.75 });
  const burgers = burgersVectors[0]!;
  const glideNormal = glidePlanes(burgers)[1]!;
  const field = dislocationField({
    burgers: scale(burgers, a),
    line: lineDirection(burgers, glideNormal, 90),
    glideNormal,
    point: shape.centroid,
    poisson: poissonRatio(elasticGpa),
  });
  const g = scale([1, 1, 1], (2 * Math.PI) / a);
  const dq = (2 * Math.PI) / (Math.cbrt(shape.volume) * OVERSAMPLING);
  return { positions: displace(fillFcc(shape, a, [0.3, 0.2, 0.1]), field), window: { g, frame: qFrame(g), dq } };
}

/** A(Q) at some voxels, term by term: what PyNX does on a GPU. */
function directSum(positions: Float64Array, { g, frame, dq }: PatternWindow, voxels: readonly Vec3[]): Float64Array {
  const out = new Float64Array(2 * voxels.length);
  for (const [v, index] of voxels.entries()) {
    const [x, y, z] = g.map(
      (c, a) => c + frame.reduce((sum, axis, n) => sum + axis[a]! * (index[n]! - SIDE / 2) * dq, 0),
    );
    let re = 0;
    let im = 0;
    for (let n = 0; n < positions.length; n += 3) {
      const phase = x! * positions[n]! + y! * positions[n + 1]! + z! * positions[n + 2]!;
      re += Math.cos(phase);
      im += Math.sin(phase);
    }
    const factor = f(Math.hypot(x!, y!, z!));
    out.set([re * factor, im * factor], 2 * v);
  }
  return out;
}

/** Corners, the reflection, and others at random. */
function sampleVoxels(count: number): Vec3[] {
  const ends = [0, SIDE - 1];
  const corners = ends.flatMap((i) => ends.flatMap((j) => ends.map((k): Vec3 => [i, j, k])));
  const random = stream(1, 'bench', 'voxels');
  const draw = (): Vec3 => [random.integer(SIDE), random.integer(SIDE), random.integer(SIDE)];
  return [...corners, [SIDE / 2, SIDE / 2, SIDE / 2], ...Array.from({ length: count - corners.length - 1 }, draw)];
}

/**
 * One pattern on one core, 64^3 voxels: ours, ours without SIMD, and the direct sum, which is timed on some voxels and scaled to all;
 * the largest difference at those voxels over the brightest amplitude.
 */
export function benchScatter(print: (line: object) => void): Promise<void> {
  for (const { cells, voxels: count, paperGpuS } of cases) {
    const { positions, window } = crystal(cells);
    const scatterer = createScatterer();
    let ours = scatterer.amplitude(positions, window, f);
    const oursS = fastest(() => (ours = scatterer.amplitude(positions, window, f)));
    const plain = createScatterer(createPlainSpreader());
    const plainS = fastest(() => plain.amplitude(positions, window, f));
    const voxels = sampleVoxels(count);
    let direct: Float64Array = new Float64Array();
    const sampleS = processorSeconds(() => (direct = directSum(positions, window, voxels)));
    const directS = (sampleS * SIDE ** 3) / count;
    let [peak, error] = [0, 0];
    for (let n = 0; n < ours.length; n += 2) peak = Math.max(peak, Math.hypot(ours[n]!, ours[n + 1]!));
    for (const [v, [i, j, k]] of voxels.entries()) {
      const at = 2 * ((i * SIDE + j) * SIDE + k);
      error = Math.max(error, Math.hypot(ours[at]! - direct[2 * v]!, ours[at + 1]! - direct[2 * v + 1]!));
    }
    print({
      bench: 'scatter',
      atoms: positions.length / 3,
      ours_s: oursS,
      ours_plain_s: plainS,
      direct_s: directS,
      direct_is: `timed on ${count} of ${SIDE ** 3} voxels and scaled`,
      ratio: directS / oursS,
      paper_gpu_s: paperGpuS,
      paper_ratio: paperGpuS / oursS,
      max_error_of_peak: error / peak,
      times_are: `processor time of one core, the least of ${ROUNDS} rounds`,
    });
  }
  return Promise.resolve();
}
