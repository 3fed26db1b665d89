import { offsetIn, pixelStart, rowStart, type Box, type Region } from './region';
import type { EvenFrame, RockingAxis } from './rocking';

/** Gives regions on an even rocking axis out of regions of the scan's own frames; the monitor's factors are in the counts. */
export function evenCut(axis: RockingAxis, cut: (box: Box) => Region): (box: Box) => Region {
  return (box) => {
    const wanted = axis.frames.slice(box.frames[0], box.frames[1]);
    const used = wanted.flatMap(framesOf);
    const own = cut({ ...box, frames: [Math.min(...used), Math.max(...used) + 1] });
    return evenRegion(own, wanted, axis.bridged.subarray(box.frames[0], box.frames[1]), box);
  };
}

const framesOf = ({ sources, bridge }: EvenFrame): number[] => [
  ...sources.map(({ frame }) => frame),
  ...(bridge?.flatMap(({ frames }) => frames) ?? []),
];

function evenRegion(own: Region, wanted: readonly EvenFrame[], bridged: Uint8Array, box: Box): Region {
  const [, rows, cols] = own.shape;
  const pixels = rows * cols;
  const counts = new Float32Array(wanted.length * pixels);
  const inHole = bridged.some((hole) => hole === 1);
  const voxels = own.voxels || inHole ? new Uint8Array(counts.length) : undefined;
  wanted.forEach((frame, e) => {
    const out = counts.subarray(e * pixels, (e + 1) * pixels);
    if (frame.bridge) bridge(own, frame.bridge, out);
    else for (const { frame: f, weight } of frame.sources) addFrame(own, f, weight, out);
    for (let p = 0; p < pixels; p++) if (out[p]! < 0) out[p] = 0;
    if (!voxels) return;
    if (bridged[e] === 1) voxels.fill(1, e * pixels, (e + 1) * pixels);
    else markUnmeasured(own, frame, voxels.subarray(e * pixels, (e + 1) * pixels));
  });
  const mask = new Uint8Array(pixels);
  const flat = own.correction.pixels && new Float32Array(pixels);
  for (let r = 0; r < rows; r++) {
    const at = pixelStart(own, r);
    mask.set(own.mask.subarray(at, at + cols), r * cols);
    flat?.set(own.correction.pixels!.subarray(at, at + cols), r * cols);
  }
  return {
    box,
    shape: [wanted.length, rows, cols],
    block: { frames: wanted.length, rows, cols, counts },
    origin: [box.frames[0], box.rows[0], box.cols[0]],
    mask,
    voxels,
    correction: { pixels: flat },
  };
}

/** Adds one frame of a region, normalised by its monitor. */
function addFrame(own: Region, frame: number, weight: number, out: Float32Array): void {
  const [, rows, cols] = own.shape;
  const factor = weight * (own.correction.frames?.[frame] ?? 1);
  const { counts } = own.block;
  const offset = offsetIn(own.correction, frame);
  for (let r = 0, p = 0; r < rows; r++) {
    const from = rowStart(own, frame - own.box.frames[0], r);
    for (let c = 0; c < cols; c++, p++) out[p]! += factor * (counts[from + c]! - offset);
  }
}

/** The polynomial through the square roots about a hole, squared, so that it is never negative; nothing holds it down from above. */
function bridge(own: Region, nodes: NonNullable<EvenFrame['bridge']>, out: Float32Array): void {
  const node = new Float32Array(out.length);
  nodes.forEach(({ frames, offset }, i) => {
    node.fill(0);
    for (const f of frames) addFrame(own, f, 1 / frames.length, node);
    const weight = nodes.reduce((w, other, j) => (j === i ? w : (w * -other.offset) / (offset - other.offset)), 1);
    for (let p = 0; p < out.length; p++) out[p]! += weight * Math.sqrt(Math.max(0, node[p]!));
  });
  for (let p = 0; p < out.length; p++) out[p] = out[p]! > 0 ? out[p]! ** 2 : 0;
}

/** What most of an even frame's weight was not measured for. */
function markUnmeasured(own: Region, { sources, bridge: nodes }: EvenFrame, out: Uint8Array): void {
  if (!own.voxels) return;
  const [, rows, cols] = own.shape;
  const heavy = nodes
    ? nodes.toSorted((a, b) => Math.abs(a.offset) - Math.abs(b.offset))[0]!.frames
    : sources.filter(({ weight }) => weight >= 0.4 / sources.length).map(({ frame }) => frame);
  out.fill(1);
  for (const frame of heavy) {
    for (let r = 0, p = 0; r < rows; r++) {
      const from = rowStart(own, frame - own.box.frames[0], r);
      for (let c = 0; c < cols; c++, p++) if (own.voxels[from + c] === 0) out[p] = 0;
    }
  }
}
