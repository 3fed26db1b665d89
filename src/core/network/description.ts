import { families } from './family';
import { classes as table, paperClasses, simulatedClasses, twoClasses, type DefectClass } from '@vocabulary/classes';

/** One 3-D convolution, kernel 3^3, padded to keep its size, then ReLU, then (optionally) a 2^3 max-pool. */
export interface ConvolutionLayer {
  readonly channels: number;
  /** 2 halves the volume while convolving; only the first layer may, since the others need their input's gradient. */
  readonly stride: 1 | 2;
  readonly pool: boolean;
}

/** A network as data: what the forward and the training graph are built from, and what a model card records. */
export interface NetworkDescription {
  readonly name: string;
  /** Edge of the cubic input volume, voxels. */
  readonly size: number;
  /**
   * Edge of the central cube that the layers see, voxels; `size` for all of it. What a dislocation does to a peak happens within a few
   * fringes of its centre, and farther out a measured pattern is mostly background.
   */
  readonly window: number;
  /**
   * How intensity is compressed, so that fringes count beside the peak: `log` is ln(1 + I / floor) / ln(1 + 1 / floor), `sqrt` the square
   * root, under which counting noise is equally strong everywhere.
   */
  readonly compression: 'log' | 'sqrt';
  /** Intensity (of a maximum of 1) below which the logarithmic compression turns linear. */
  readonly floor: number;
  readonly convolutions: readonly ConvolutionLayer[];
  /** Units of the hidden dense layers; the output layer (one unit per class) follows them. */
  readonly dense: readonly number[];
  /**
   * Families of reflections that the network is told of, by a second input beside what the convolutions make of a volume: which characters
   * and Burgers vectors a pattern can show depends on it. None: it is told nothing.
   */
  readonly families?: readonly string[] | undefined;
  readonly classes: readonly string[];
  /** Share of activations silenced after every hidden layer while training. */
  readonly dropout: number;
}

/** A weight or bias and its place in the flat vector of all parameters. */
export interface Parameter {
  readonly name: string;
  /** Convolution: [out, in, 3, 3, 3]; dense: [in, out]; bias: [out]. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly length: number;
  /** Inputs that meet in one output; 0 for a bias. */
  readonly fanIn: number;
}

/**
 * Place of a pattern's class among those that a network tells, by their names.
 * @param classes of the network, in its order; one that tells defective from perfect takes every defect
 * @returns undefined for a class that it does not tell
 */
export function classOf(label: DefectClass, classes: readonly string[]): number | undefined {
  const named = classes.includes(twoClasses[1]) && table[label].defective ? twoClasses[1] : label;
  const index = classes.indexOf(named);
  return index < 0 ? undefined : index;
}

/**
 * The paper's three-class network (Fig. 2): five 3-D convolutions with ReLU, max-pooling between, dropout, two dense layers; the
 * softmax stands outside, so that it can be calibrated. It looks at the central 32^3 voxels at full resolution: an eighth of the cost.
 * Dropout is half of the paper's, whose authors found 95.3 % with theirs and 95.7 % without, and it slows short trainings down.
 * Under the square root it learns to tell screws from edges in half of the passes that the logarithm takes (`docs/training.md`).
 */
export const threeClass: NetworkDescription = {
  name: 'three-class',
  size: 64,
  window: 32,
  compression: 'sqrt',
  floor: 1e-4,
  convolutions: [
    { channels: 12, stride: 1, pool: true },
    { channels: 24, stride: 1, pool: true },
    { channels: 48, stride: 1, pool: true },
    { channels: 96, stride: 1, pool: true },
    { channels: 128, stride: 1, pool: false },
  ],
  dense: [64],
  classes: paperClasses,
  dropout: 0.1,
};

/** The paper's two-class network: three convolutions, two dense layers. A defect shows coarser than its character does. */
export const twoClass: NetworkDescription = {
  ...threeClass,
  name: 'two-class',
  convolutions: [
    { channels: 12, stride: 1, pool: true },
    { channels: 24, stride: 1, pool: true },
    { channels: 48, stride: 1, pool: true },
  ],
  classes: twoClasses,
};

/**
 * What judges crystals as they are measured: any dislocation, bent and of any shape, or another defect, at any of five families of
 * reflections. Its convolutions are the three-class network's, so that a training may begin with them.
 */
export const defects: NetworkDescription = {
  ...threeClass,
  name: 'defects',
  dense: [96],
  families,
  classes: simulatedClasses,
};

export const networks = {
  defects,
  'three-class': threeClass,
  'two-class': twoClass,
} as const satisfies Readonly<Record<string, NetworkDescription>>;

/** @returns undefined where there is none of that name */
export const networkNamed = (name: string): NetworkDescription | undefined =>
  Object.entries(networks).find(([key]) => key === name)?.[1];

/** Edge of the volume after each convolution (pooling included). */
export function edges(network: NetworkDescription): number[] {
  let edge = network.window;
  return network.convolutions.map(({ stride, pool }, i) => {
    if (i > 0 && stride !== 1) throw new RangeError('only the first convolution may have a stride');
    edge /= stride * (pool ? 2 : 1);
    if (!Number.isInteger(edge)) throw new RangeError(`a volume of ${network.window} cannot be halved so often`);
    return edge;
  });
}

/** Numbers that the convolutions make of a volume. */
export const convolvedCount = (network: NetworkDescription): number =>
  (edges(network).at(-1) ?? network.window) ** 3 * (network.convolutions.at(-1)?.channels ?? 1);

/** Numbers that the output layer sees of a volume. */
export const featureCount = (network: NetworkDescription): number =>
  network.dense.at(-1) ?? convolvedCount(network) + (network.families?.length ?? 0);

/** Every weight and bias, in the order of the flat vector: layer by layer, weight before bias. */
export function parameters(network: NetworkDescription): Parameter[] {
  const list: Parameter[] = [];
  let offset = 0;
  const push = (name: string, shape: readonly number[], fanIn: number): void => {
    const length = shape.reduce((a, b) => a * b, 1);
    list.push({ name, shape, offset, length, fanIn });
    offset += length;
  };
  let inputs = 1;
  network.convolutions.forEach(({ channels }, i) => {
    push(`conv${i}.weight`, [channels, inputs, 3, 3, 3], inputs * 27);
    push(`conv${i}.bias`, [channels], 0);
    inputs = channels;
  });
  inputs = convolvedCount(network) + (network.families?.length ?? 0);
  [...network.dense, network.classes.length].forEach((units, i) => {
    push(`dense${i}.weight`, [inputs, units], inputs);
    push(`dense${i}.bias`, [units], 0);
    inputs = units;
  });
  return list;
}

/** Length of the flat vector of all parameters. */
export const parameterCount = (network: NetworkDescription): number =>
  parameters(network).reduce((sum, { length }) => sum + length, 0);

/**
 * Shape of the dropout mask after each hidden layer, without the batch: channels, edge, edge, edge or units.
 * Empty when the network drops nothing.
 */
export function maskShapes(network: NetworkDescription): number[][] {
  if (network.dropout === 0) return [];
  const edge = edges(network);
  return [
    ...network.convolutions.map(({ channels }, i) => [channels, edge[i]!, edge[i]!, edge[i]!]),
    ...network.dense.map((units) => [units]),
  ];
}
