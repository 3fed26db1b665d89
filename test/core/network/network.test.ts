import * as ort from '@main/engine/onnxruntime';
import { describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import {
  edges,
  featureCount,
  maskShapes,
  parameterCount,
  threeClass,
  type NetworkDescription,
} from '@core/network/description';
import { familyInput, familyOf } from '@core/network/family';
import { averageWeights } from '@core/network/average';
import { vary } from '@core/network/variant';
import { buildForward, SPINS } from '@core/network/judging';
import { initialWeights } from '@core/network/initialise';
import { adam, adamStep, type TrainingState } from '@core/network/adam';
import { buildGradient } from '@core/network/gradient';
import { adoptWeights } from '@core/network/adopt';
import { readWeights } from '@core/network/weights';
import { crossEntropy, referenceLogits } from './reference';
import { paperClasses } from '@vocabulary/classes';

// Every kind of layer of the real network, on a volume small enough to differentiate number by number.
const tiny: NetworkDescription = {
  name: 'tiny',
  size: 12,
  window: 8,
  compression: 'log',
  floor: 1e-3,
  convolutions: [
    { channels: 2, stride: 2, pool: false },
    { channels: 3, stride: 1, pool: true },
    { channels: 2, stride: 1, pool: false },
  ],
  dense: [4],
  classes: paperClasses,
  dropout: 0.2,
};
/** Told which family of reflections it looks at. */
const told: NetworkDescription = { ...tiny, families: ['111', '200', '311'] };
/** One of a known family, one of an unknown one. */
const seenAt = ['311', undefined];
const BATCH = 2;
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The second input by hand. */
const rowOf = ({ families = [] }: NetworkDescription, n: number): number[] =>
  families.map((name) => (name === seenAt[n] ? 1 : 0));

function example(network: NetworkDescription, seed: number) {
  const random = stream(seed, 'network test');
  const weights = initialWeights(network, random.normal);
  // Biases away from zero, so that their gradients and the ReLU's are exercised on both sides.
  weights.forEach((w, i) => (weights[i] = w === 0 ? 0.2 * random.normal() : w));
  const voxels = network.window ** 3;
  const intensity = Float32Array.from({ length: BATCH * voxels }, () => random.uniform() ** 6);
  const labels = Float32Array.from([1, 0, 0, 0, 0, 1]);
  const masks = maskShapes(network).map((shape) =>
    Uint8Array.from({ length: BATCH * product(shape) }, () => (random.uniform() < network.dropout ? 0 : 1)),
  );
  const lossAt = (at: ArrayLike<number>): number => {
    let loss = 0;
    for (let n = 0; n < BATCH; n++) {
      const own = masks.map((mask) => mask.subarray((n * mask.length) / BATCH, ((n + 1) * mask.length) / BATCH));
      const volume = intensity.subarray(n * voxels, (n + 1) * voxels);
      const logits = referenceLogits(network, at, volume, network.dropout === 0 ? undefined : own, rowOf(network, n));
      loss += crossEntropy(logits, labels.subarray(3 * n, 3 * n + 3)) / BATCH;
    }
    return loss;
  };
  /** By central differences in double precision: knows nothing of back-propagation. */
  const gradientAt = (at: ArrayLike<number>): Float64Array => {
    const moved = Float64Array.from(at);
    return moved.map((value, i) => {
      const step = 1e-6;
      moved[i] = value + step;
      const above = lossAt(moved);
      moved[i] = value - step;
      const below = lossAt(moved);
      moved[i] = value;
      return (above - below) / (2 * step);
    });
  };
  return { weights, intensity, labels, masks, lossAt, gradientAt };
}

async function createGradient(network: NetworkDescription, byIndices = true) {
  const session = await ort.InferenceSession.create(buildGradient(network, byIndices));
  const float = (data: Float32Array, shape: readonly number[]) => new ort.Tensor('float32', data, shape);
  return async (input: ReturnType<typeof example>, weights: Float32Array) => {
    const { window } = network;
    const feeds: Record<string, ort.Tensor> = {
      intensity: float(input.intensity, [BATCH, window, window, window]),
      labels: float(input.labels, [BATCH, 3]),
      weights: float(weights, [weights.length]),
      ...(network.families && { family: float(familyInput(network, BATCH, seenAt), [BATCH, network.families.length]) }),
    };
    maskShapes(network).forEach((shape, i) => {
      feeds[`mask${i}`] = new ort.Tensor('uint8', input.masks[i]!, [BATCH, ...shape]);
    });
    const out = await session.run(feeds);
    const read = (name: string): Float32Array => out[name]!.data as Float32Array;
    // The graph sums over the batch; a step goes by the mean.
    return { loss: read('loss')[0]! / BATCH, gradient: read('gradient').map((g) => g / BATCH) };
  };
}

describe('the three-class network', () => {
  it('has five convolutions and two dense layers on the central 32^3', () => {
    expect(edges(threeClass)).toEqual([16, 8, 4, 2, 2]);
    // 27 a b + b per convolution, a b + b per dense layer, by hand.
    const convolutions = 336 + 7800 + 31152 + 124512 + 331904;
    expect(parameterCount(threeClass)).toBe(convolutions + (128 * 8 * 64 + 64) + (64 * 3 + 3));
  });

  it('refuses a stride after the first layer', () => {
    const layer = { channels: 2, stride: 2, pool: false } as const;
    expect(() => edges({ ...tiny, convolutions: [layer, layer] })).toThrow(RangeError);
  });
});

describe('a variant', () => {
  it('changes what is chosen and nothing else', () => {
    expect(vary(threeClass, {})).toEqual(threeClass);
    const other = vary(threeClass, { stride: 2, window: 64, dropout: 0, compression: 'sqrt', floor: 1e-5 });
    expect(other.convolutions[0]).toEqual({ channels: 12, stride: 2, pool: false });
    expect(edges(other)).toEqual([32, 16, 8, 4, 4]);
    expect(other).toMatchObject({ dropout: 0, compression: 'sqrt', floor: 1e-5, dense: threeClass.dense });
  });
});

describe('the running mean of weights', () => {
  it('forgets at its rate, and faster in the beginning', () => {
    const [zero, one] = [new Float32Array(1), Float32Array.of(1)];
    expect(averageWeights(zero, one, 0.999, 1e6)[0]).toBeCloseTo(1e-3, 8);
    expect(averageWeights(zero, one, 0.999, 1)[0]).toBeCloseTo(1 - 2 / 11, 6);
  });
});

describe('He initialisation', () => {
  it('has variance 2 / fan-in for weights and zero biases', () => {
    const weights = initialWeights(threeClass, stream(3, 'he').normal);
    const last = weights.subarray(weights.length - 195 - 64 - 1024 * 64, weights.length - 195 - 64);
    const variance = last.reduce((sum, w) => sum + w * w, 0) / last.length;
    expect((variance * 1024) / 2).toBeCloseTo(1, 1);
    expect([...weights.subarray(324, 336)]).toEqual(Array(12).fill(0));
  });
});

/** The windows in the middle of larger volumes, whose other voxels must not matter. */
function surround(windows: Float32Array, seed: number): Float32Array {
  const { size, window } = tiny;
  const random = stream(seed, 'surround');
  const volumes = Float32Array.from({ length: BATCH * size ** 3 }, () => random.uniform());
  const from = (size - window) / 2;
  windows.forEach((value, at) => {
    const [n, i, j, k] = [at >> 9, (at >> 6) & 7, (at >> 3) & 7, at & 7] as const;
    volumes[((n * size + from + i) * size + from + j) * size + from + k] = value;
  });
  return volumes;
}

describe('forward graph', () => {
  const judge = async (weights: Float32Array, windows: Float32Array, seed = 1): Promise<ort.Tensor> => {
    const session = await ort.InferenceSession.create(buildForward(tiny, weights));
    const intensity = new ort.Tensor('float32', surround(windows, seed), [BATCH, 12, 12, 12]);
    return (await session.run({ intensity })).logits!;
  };

  it('gives the logits of the plain definition, of the central window alone', async () => {
    const { weights, intensity } = example(tiny, 1);
    const logits = await judge(weights, intensity);
    const expected = [0, 1].flatMap((n) => referenceLogits(tiny, weights, intensity.subarray(n * 512, (n + 1) * 512)));
    expect(logits.dims).toEqual([BATCH, 3]);
    expected.forEach((value, i) => expect(logits.data[i]).toBeCloseTo(value, 5));
    expect((await judge(weights, intensity, 2)).data).toEqual(logits.data);
  });

  it('averages the eight symmetric variants when asked to, and is blind to them then', async () => {
    const { weights, intensity } = example(tiny, 1);
    const session = await ort.InferenceSession.create(buildForward(tiny, weights, SPINS));
    const volumes = surround(intensity, 1);
    const voxel = (n: number, i: number, j: number, k: number): number => volumes[((n * 12 + i) * 12 + j) * 12 + k]!;
    // Index 6 is the centre and stays; index 0 has no partner and lies outside of every window.
    const mirror = (x: number): number => (12 - x) % 12;
    const variants: ((j: number, k: number) => [number, number])[] = [
      (j, k) => [j, k],
      (j, k) => [mirror(j), k],
      (j, k) => [j, mirror(k)],
      (j, k) => [mirror(j), mirror(k)],
      (j, k) => [k, j],
      (j, k) => [mirror(k), j],
      (j, k) => [k, mirror(j)],
      (j, k) => [mirror(k), mirror(j)],
    ];
    const seen = variants.map((place) =>
      Float32Array.from(volumes, (_, at) => {
        const [n, i, j, k] = [Math.floor(at / 1728), Math.floor(at / 144) % 12, Math.floor(at / 12) % 12, at % 12];
        return voxel(n, i, ...place(j, k));
      }),
    );
    const window = (of: Float32Array, n: number): Float32Array =>
      Float32Array.from(
        { length: 512 },
        (_, at) => of[((n * 12 + 2 + (at >> 6)) * 12 + 2 + ((at >> 3) & 7)) * 12 + 2 + (at & 7)]!,
      );
    const expected = [0, 1].flatMap((n) => {
      const all = seen.map((of) => referenceLogits(tiny, weights, window(of, n)));
      return [0, 1, 2].map((c) => all.reduce((sum, logits) => sum + logits[c]! / 8, 0));
    });
    for (const variant of seen) {
      const { logits } = await session.run({ intensity: new ort.Tensor('float32', variant, [BATCH, 12, 12, 12]) });
      expected.forEach((value, i) => expect(logits!.data[i]).toBeCloseTo(value, 4));
    }
    expect(() => buildForward({ ...tiny, size: 8 }, weights, SPINS)).toThrow(RangeError);
  });

  it.each([1, SPINS] as const)('gives what the output layer sees, of %i variants', async (spins) => {
    const { weights, intensity } = example(tiny, 3);
    const session = await ort.InferenceSession.create(buildForward(tiny, weights, spins));
    const volumes = new ort.Tensor('float32', surround(intensity, 1), [BATCH, 12, 12, 12]);
    const { logits, features } = await session.run({ intensity: volumes });
    expect(features!.dims).toEqual([BATCH, featureCount(tiny)]);
    const seen = features!.data as Float32Array;
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    // The last layer is linear, so it may be done by hand, also on means.
    const [matrix, bias] = [weights.subarray(-15, -3), weights.subarray(-3)];
    [0, 1, 2, 3, 4, 5].forEach((at) => {
      const [n, c] = [Math.floor(at / 3), at % 3];
      const sum = [0, 1, 2, 3].reduce((s, f) => s + seen[4 * n + f]! * matrix[3 * f + c]!, bias[c]!);
      expect(logits!.data[at]).toBeCloseTo(sum, 4);
    });
  });

  it.each([1, SPINS] as const)('is told which reflection it looks at, of %i variants', async (spins) => {
    const { weights, intensity } = example(told, 7);
    const session = await ort.InferenceSession.create(buildForward(told, weights, spins));
    const say = async (families: readonly (string | undefined)[]): Promise<number[][]> => {
      const { logits } = await session.run({
        intensity: new ort.Tensor('float32', surround(intensity, 1), [BATCH, 12, 12, 12]),
        family: new ort.Tensor('float32', familyInput(told, BATCH, families), [BATCH, 3]),
      });
      const all = [...(logits!.data as Float32Array)];
      return [all.slice(0, 3), all.slice(3)];
    };
    const known = await say(['311', '200']);
    if (spins === 1) {
      [0, 1].forEach((n) => {
        const row = [
          [0, 0, 1],
          [0, 1, 0],
        ][n]!;
        const own = referenceLogits(told, weights, intensity.subarray(n * 512, (n + 1) * 512), undefined, row);
        own.forEach((value, c) => expect(known[n]![c]).toBeCloseTo(value, 5));
      });
    }
    // Unknown is the input dropped: a network without it, of the same weights but the families' rows, says the same.
    const unknown = await say([undefined, '331']);
    const rows = { from: parameterCount({ ...tiny, dense: [], classes: [] }) + 16 * 4, length: 3 * 4 };
    const without = Float32Array.from([
      ...weights.subarray(0, rows.from),
      ...weights.subarray(rows.from + rows.length),
    ]);
    const untold = await ort.InferenceSession.create(buildForward(tiny, without, spins));
    const { logits } = await untold.run({
      intensity: new ort.Tensor('float32', surround(intensity, 1), [BATCH, 12, 12, 12]),
    });
    unknown.flat().forEach((value, i) => expect(value).toBeCloseTo((logits!.data as Float32Array)[i]!, 5));
    expect(Math.max(...known.flat().map((value, i) => Math.abs(value - unknown.flat()[i]!)))).toBeGreaterThan(1e-3);
  });

  it('names families by their indices without signs and order', () => {
    expect(
      [
        [1, -1, 1],
        [0, 0, -2],
        [1, 3, -1],
        [-2, 0, 2],
      ].map(familyOf),
    ).toEqual(['111', '200', '311', '220']);
  });

  it('begins as a larger network that says what the other says of the classes of both', () => {
    const { weights, intensity } = example(tiny, 8);
    const larger = { ...told, dense: [7], classes: ['perfect', 'other', 'screw', 'edge'] };
    const adopted = adoptWeights(weights, tiny, larger, example(larger, 9).weights);
    // What it has not heard of is at a logit of 0, whichever family it is told.
    for (const n of [0, 1]) {
      const window = intensity.subarray(n * 512, (n + 1) * 512);
      const [perfect, screw, edge] = referenceLogits(tiny, weights, window);
      const after = referenceLogits(larger, adopted, window, undefined, rowOf(larger, n));
      expect(after).toEqual([perfect, 0, screw, edge].map((logit) => expect.closeTo(logit!, 4)));
    }
    // Its own units are there to learn with.
    expect(adopted.filter((weight) => weight === 0).length).toBeLessThan(adopted.length / 2);
  });

  it('takes of another network what is of one shape where it is smaller, and begins with no convolutions that differ', () => {
    const { weights } = example(tiny, 8);
    const smaller = { ...tiny, dense: [3] };
    const fresh = example(smaller, 9).weights;
    const adopted = adoptWeights(weights, tiny, smaller, fresh);
    const convolved = parameterCount({ ...tiny, dense: [], classes: [] });
    expect(adopted.subarray(0, convolved)).toEqual(weights.subarray(0, convolved));
    expect(adopted.subarray(convolved, convolved + 9)).toEqual(fresh.subarray(convolved, convolved + 9));
    expect(() => adoptWeights(weights, tiny, { ...told, convolutions: told.convolutions.slice(1) }, fresh)).toThrow(
      RangeError,
    );
  });

  it('reads a slightly negative voxel as zero', async () => {
    const { weights, intensity } = example(tiny, 2);
    const withVoxel = async (voxel: number) => (await judge(weights, intensity.with(100, voxel))).data;
    expect(await withVoxel(-1e-2)).toEqual(await withVoxel(0));
    expect(await withVoxel(1)).not.toEqual(await withVoxel(0));
  });

  it('gives its weights back, and none of another network', () => {
    const { weights } = example(tiny, 4);
    const bytes = buildForward(tiny, weights);
    expect(readWeights(bytes, tiny)).toEqual(weights);
    expect(() => readWeights(bytes, { ...tiny, dense: [5] })).toThrow(RangeError);
    expect(() => readWeights(bytes.subarray(0, 500), tiny)).toThrow(RangeError);
  });

  it('refuses weights of another network', () => {
    expect(() => buildForward(tiny, new Float32Array(7))).toThrow(RangeError);
  });
});

describe.each([
  ['with dropout', tiny],
  ['told of families', told],
  ['told of families, without a hidden dense layer', { ...told, dense: [] }],
  ['without dropout, of square roots', { ...tiny, dropout: 0, compression: 'sqrt' as const }],
  [
    'with a pool after the strided layer',
    { ...tiny, convolutions: tiny.convolutions.map((l, i) => (i === 0 ? { ...l, pool: true } : l)) },
  ],
  [
    'with a pool after a plain first layer',
    {
      ...tiny,
      convolutions: tiny.convolutions.map((l, i) => (i === 0 ? { ...l, stride: 1 as const, pool: true } : l)),
    },
  ],
  [
    'with a first layer that keeps the size',
    { ...tiny, convolutions: tiny.convolutions.map((l, i) => (i === 0 ? { ...l, stride: 1 as const } : l)) },
  ],
])('gradient graph %s', (_, network) => {
  it("gives every parameter's gradient as finite differences do", async () => {
    const input = example(network, 5);
    const expected = input.gradientAt(input.weights);
    const scale = Math.max(...expected.map(Math.abs));
    expect(scale).toBeGreaterThan(1e-2);
    for (const byIndices of [true, false]) {
      const { loss, gradient } = await (await createGradient(network, byIndices))(input, input.weights);
      expect(loss).toBeCloseTo(input.lossAt(input.weights), 5);
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - gradient[i]!)));
      expect(worst / scale).toBeLessThan(1e-4);
    }
  });
});

describe('Adam', () => {
  it('goes where it should over three steps', async () => {
    const input = example(tiny, 6);
    const differentiate = await createGradient(tiny);
    const length = input.weights.length;
    let state: TrainingState = {
      weights: input.weights,
      first: new Float32Array(length),
      second: new Float32Array(length),
    };
    const weights = Float64Array.from(input.weights);
    const first = new Float64Array(length);
    const second = new Float64Array(length);
    const uncertain = new Set<number>();
    for (let t = 1; t <= 3; t++) {
      const { loss, gradient } = await differentiate(input, state.weights);
      expect(loss).toBeCloseTo(input.lossAt(weights), 4);
      state = adamStep(state, gradient, 1e-2, t);
      // Algorithm 1 of Kingma and Ba, bias corrections in the open.
      input.gradientAt(weights).forEach((g, i) => {
        first[i] = adam.beta1 * first[i]! + (1 - adam.beta1) * g;
        second[i] = adam.beta2 * second[i]! + (1 - adam.beta2) * g * g;
        const size = Math.sqrt(second[i] / (1 - adam.beta2 ** t)) + 1e-8;
        weights[i] = weights[i]! - (1e-2 * (first[i] / (1 - adam.beta1 ** t))) / size;
        // Adam moves a weight by its gradient's sign, which single precision cannot tell for the smallest ones.
        if (g !== 0 && Math.abs(g) < 1e-4) uncertain.add(i);
      });
    }
    expect(uncertain.size).toBeLessThan(length / 2);
    weights.forEach((value, i) => {
      if (!uncertain.has(i)) expect(Math.abs(value - state.weights[i]!)).toBeLessThan(2e-4);
    });
    expect(Math.max(...weights.map((value, i) => Math.abs(value - input.weights[i]!)))).toBeGreaterThan(2e-2);
  });
});
