import { at, BAND, MEMORY_BYTES, octetProgram, QUIET_FRAMES } from './octet-program';

/** What eight frames hold together, band by band of their pixels. */
export interface OctetSums {
  /** Sum of each frame's pixels. */
  readonly frames: Float64Array;
  /** First pixels of fours in which a cosmic ray may be, ascending. */
  readonly suspects: Int32Array;
}

interface Octet {
  readonly run: (bytes: number) => void;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  readonly words: Int32Array;
}

let octet: Octet | undefined;

function start(): Octet {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(MEMORY_BYTES / 65536) });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(octetProgram()), { js: { memory } });
  return {
    run: exports['run'] as (bytes: number) => void,
    floats: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    words: new Int32Array(memory.buffer),
  };
}

/**
 * Sums up to eight frames pixel by pixel.
 * @param frames counts of each, equally long
 * @param group filled with the sums over the frames
 * @param mend called with a band [from, to) of pixels in which something is no count; it sets that to 0
 */
export function sumOctet(
  frames: readonly Float32Array[],
  group: Float32Array,
  mend: (from: number, to: number) => void,
): OctetSums {
  octet ??= start();
  const { run, floats, doubles, words } = octet;
  const sums = new Float64Array(frames.length);
  const suspects: number[] = [];
  for (let from = 0; from < group.length; from += BAND) {
    const to = Math.min(group.length, from + BAND);
    const pixels = (to - from + 3) & ~3;
    const put = (): void => {
      for (let f = 0; f < QUIET_FRAMES; f++) {
        const place = (at.frames >> 2) + f * BAND;
        const frame = frames[f];
        if (frame) floats.set(frame.subarray(from, to), place);
        // A short last group is made up with frames of nothing, a short last four with pixels of nothing.
        floats.fill(0, place + (frame ? to - from : 0), place + pixels);
      }
      run(4 * pixels);
    };
    put();
    const valid = at.valid >> 2;
    if ((words[valid]! & words[valid + 1]! & words[valid + 2]! & words[valid + 3]!) !== -1) {
      mend(from, to);
      put();
    }
    group.set(floats.subarray(at.group >> 2, (at.group >> 2) + to - from), from);
    for (let f = 0; f < frames.length; f++)
      sums[f]! += doubles[(at.sums >> 3) + 2 * f]! + doubles[(at.sums >> 3) + 2 * f + 1]!;
    for (let s = at.suspects >> 2; s < words[at.end >> 2]! >> 2; s++) suspects.push(from + words[s]!);
  }
  return { frames: sums, suspects: Int32Array.from(suspects) };
}
