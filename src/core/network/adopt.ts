import { convolvedCount, parameterCount, parameters, type NetworkDescription, type Parameter } from './description';

/** Place in the other network of one of ours, by what stands there; undefined where it has none. */
type Places = readonly (number | undefined)[];

const firstOf = (length: number, theirs: number): Places =>
  Array.from({ length }, (_, n) => (n < theirs ? n : undefined));

/** What goes into each dense layer, and last what comes out: what the convolutions make and the families, hidden units, classes. */
function placesIn(from: NetworkDescription, to: NetworkDescription): Places[] {
  const convolved = convolvedCount(to);
  const families = (to.families ?? []).map((name) => {
    const at = from.families?.indexOf(name) ?? -1;
    return at < 0 ? undefined : convolved + at;
  });
  const classes = to.classes.map((name) => (from.classes.includes(name) ? from.classes.indexOf(name) : undefined));
  return [
    [...firstOf(convolved, convolved), ...families],
    ...to.dense.map((units, n) => firstOf(units, from.dense[n]!)),
    classes,
  ];
}

/** Whether everything that one network makes of a volume has its place in the other. */
const holds = (to: NetworkDescription, from: NetworkDescription): boolean =>
  convolvedCount(to) === convolvedCount(from) &&
  to.dense.length === from.dense.length &&
  to.dense.every((units, n) => units >= from.dense[n]!) &&
  to.classes.some((name) => from.classes.includes(name));

/**
 * The weights of one network as another one with the same convolutions begins with them. Where the other is the same or larger, it says of
 * the classes of both what the first one says: units that are new feed nothing yet, a class that is new is as likely as a logit of 0
 * makes it, a family is not heeded (Chen, Goodfellow, Shlens 2016, Net2Net). Where it is smaller, only what is of one shape in both is taken.
 * @param fresh weights of `to`, as drawn: what the rest begins with
 * @throws RangeError when their convolutions differ
 */
export function adoptWeights(
  weights: Float32Array,
  from: NetworkDescription,
  to: NetworkDescription,
  fresh: Float32Array,
): Float32Array {
  if (weights.length !== parameterCount(from)) throw new RangeError(`${weights.length} weights for ${from.name}`);
  const theirs = new Map(parameters(from).map((parameter) => [parameter.name, parameter]));
  const places = holds(to, from) ? placesIn(from, to) : undefined;
  const adopted = fresh.slice();
  for (const own of parameters(to)) {
    const other = theirs.get(own.name);
    const layer = Number(/^dense(\d+)/.exec(own.name)?.[1] ?? -1);
    if (places && other && layer >= 0) grow({ weights, other, adopted, own, places, layer });
    else if (other?.shape.join() === own.shape.join())
      adopted.set(weights.subarray(other.offset, other.offset + other.length), own.offset);
    else if (own.name.startsWith('conv')) throw new RangeError(`${own.name} is not of one shape in both networks`);
  }
  return adopted;
}

interface Growth {
  readonly weights: Float32Array;
  readonly other: Parameter;
  readonly adopted: Float32Array;
  readonly own: Parameter;
  readonly places: readonly Places[];
  readonly layer: number;
}

/** A dense layer's weights or bias: what both have is taken, what is new feeds nothing that is not. */
function grow({ weights, other, adopted, own, places, layer }: Growth): void {
  const columns = places[layer + 1]!;
  const isBias = own.shape.length === 1;
  const rows: Places = isBias ? [0] : places[layer]!;
  const isLast = layer === places.length - 2;
  const width = isBias ? other.length : other.shape[1]!;
  rows.forEach((row, r) =>
    columns.forEach((column, c) => {
      const at = own.offset + r * columns.length + c;
      if (column !== undefined) adopted[at] = row === undefined ? 0 : weights[other.offset + row * width + column]!;
      else if (isLast) adopted[at] = 0;
    }),
  );
}
