import { expectSignature, numberAt, placeAt, type Bytes } from './bytes';

/** Message types of an object header (specification IV.A.2). */
const LAYOUT = 0x08;
const CONTINUATION = 0x10;
const SHARED = 0x02;
/** An object's header has a handful of continuations; more of them are a loop. */
const MOST_BLOCKS = 64;
const OHDR = 0x5244484f;

interface Block {
  readonly place: number;
  readonly length: number;
}

/**
 * The data layout message of a dataset.
 * @param place address of its object header
 * @throws RangeError for headers that are damaged or of another kind than libraries write for datasets
 */
export function layoutMessage(bytes: Bytes, place: number): DataView {
  const modern = bytes.at(place, 4).getUint32(0, true) === OHDR;
  const { first, step } = modern ? beginV2(bytes, place) : beginV1(bytes, place);
  const blocks: Block[] = [first];
  for (let b = 0; b < blocks.length; b++) {
    if (b >= MOST_BLOCKS) throw new RangeError('too many continuations');
    const { place: start, length } = blocks[b]!;
    const view = bytes.at(start, length);
    for (let at = 0; at + step.header <= length;) {
      const { type, size, flags } = step.read(view, at);
      const body = at + step.header;
      if (body + size > length) break;
      if (type === LAYOUT) {
        if (flags & SHARED) throw new RangeError('a shared layout');
        return new DataView(view.buffer, body, size);
      }
      if (type === CONTINUATION) {
        const [next, bytesThere] = [placeAt(view, body), placeAt(view, body + 8)];
        if (modern) expectSignature(bytes.at(next, 4), 'OCHK');
        // Around the messages of a continuation lie a signature and a checksum, four bytes each.
        blocks.push(modern ? { place: next + 4, length: bytesThere - 8 } : { place: next, length: bytesThere });
      }
      at = body + size;
    }
  }
  throw new RangeError('no layout');
}

interface Step {
  /** Bytes of a message before its body. */
  readonly header: number;
  read(view: DataView, at: number): { type: number; size: number; flags: number };
}

function beginV1(bytes: Bytes, place: number): { first: Block; step: Step } {
  const view = bytes.at(place, 16);
  if (view.getUint8(0) !== 1) throw new RangeError('no object header');
  return {
    first: { place: place + 16, length: view.getUint32(8, true) },
    step: {
      header: 8,
      read: (v, at) => ({ type: v.getUint16(at, true), size: v.getUint16(at + 2, true), flags: v.getUint8(at + 4) }),
    },
  };
}

function beginV2(bytes: Bytes, place: number): { first: Block; step: Step } {
  const view = bytes.at(place, 6);
  if (view.getUint8(4) !== 2) throw new RangeError('no object header');
  const flags = view.getUint8(5);
  const times = flags & 0x20 ? 16 : 0;
  const phases = flags & 0x10 ? 4 : 0;
  const sizeBytes = 1 << (flags & 3);
  const at = place + 6 + times + phases;
  return {
    first: { place: at + sizeBytes, length: numberAt(bytes.at(at, sizeBytes), 0, Math.min(6, sizeBytes)) },
    step: {
      header: flags & 4 ? 6 : 4,
      read: (v, p) => ({ type: v.getUint8(p), size: v.getUint16(p + 1, true), flags: v.getUint8(p + 3) }),
    },
  };
}
