/** Which pixels count in which frame. */
export interface FrameMasks {
  /** rows x cols, 1 = masked in every frame. */
  readonly common: Uint8Array;
  /** Frames that are masked as a whole. */
  readonly whole: ReadonlySet<number>;
  /** Pixels that are masked in a frame beyond the common ones; frames without any are left out. */
  readonly own: ReadonlyMap<number, Int32Array>;
}

/** Of a frame's pixels, so many may be unmasked for it to be masked as a whole. */
const WHOLE = 0.02;

/**
 * Takes a mask apart: what all frames share, frames that are masked as a whole, and what single frames mask beyond that.
 * @param mask rows x cols, or frames x rows x cols; anything but 0 is masked
 * @param pixels rows x cols
 * @returns undefined where the mask has another size
 */
export function splitMask(mask: ArrayLike<number>, pixels: number, frames: number): FrameMasks | undefined {
  if (pixels === 0 || (mask.length !== pixels && mask.length !== frames * pixels)) return undefined;
  const layers = mask.length / pixels;
  const counts = Array.from({ length: layers }, (_, f) => {
    let masked = 0;
    for (let p = f * pixels, end = p + pixels; p < end; p++) if (mask[p] !== 0) masked++;
    return masked;
  });
  // A detector that is masked nearly as a whole in all frames has no whole frames, but a mask of another convention.
  const whole = counts.flatMap((masked, f) => (masked >= (1 - WHOLE) * pixels ? [f] : []));
  const left = Array.from({ length: layers }, (_, f) => f).filter((f) => layers > 1 && !whole.includes(f));
  const used = left.length > 0 ? left : [0];
  const common = new Uint8Array(pixels).fill(1);
  for (const f of used) for (let p = 0, at = f * pixels; p < pixels; p++, at++) if (mask[at] === 0) common[p] = 0;
  const own = new Map<number, Int32Array>();
  for (const f of left) {
    const beyond: number[] = [];
    for (let p = 0, at = f * pixels; p < pixels; p++, at++) if (mask[at] !== 0 && common[p] === 0) beyond.push(p);
    if (beyond.length > 0) own.set(f, Int32Array.from(beyond));
  }
  return { common, whole: new Set(left.length > 0 ? whole : []), own };
}

/** The part of the masks that lies in some rows and columns. @param width columns of a whole frame */
export function masksOfArea(
  { common, whole, own }: FrameMasks,
  area: { readonly rows: readonly [number, number]; readonly cols: readonly [number, number] },
  width: number,
): FrameMasks {
  const [top, bottom] = area.rows;
  const [left, right] = area.cols;
  const cols = right - left;
  const inside = new Uint8Array((bottom - top) * cols);
  for (let row = top; row < bottom; row++)
    inside.set(common.subarray(row * width + left, row * width + right), (row - top) * cols);
  const placed = (p: number): number[] => {
    const [row, col] = [Math.floor(p / width), p % width];
    return row >= top && row < bottom && col >= left && col < right ? [(row - top) * cols + col - left] : [];
  };
  const moved = [...own].map(([frame, pixels]) => [frame, Int32Array.from([...pixels].flatMap(placed))] as const);
  return { common: inside, whole, own: new Map(moved) };
}

/** rows x cols, 1 = masked in this frame. */
export function maskOfFrame({ common, whole, own }: FrameMasks, frame: number): Uint8Array {
  const mask = Uint8Array.from(common);
  if (whole.has(frame)) mask.fill(1);
  for (const p of own.get(frame) ?? []) mask[p] = 1;
  return mask;
}

/**
 * Counts that a frame's own mask leaves out are set to 0, so that statistics and rocking curve never meet them.
 * @param first the frame's pixel that the counts begin with
 */
export function zeroMasked({ whole, own }: FrameMasks, frame: number, counts: Float32Array, first = 0): void {
  if (whole.has(frame)) counts.fill(0);
  // Beyond either end nothing is set.
  for (const p of own.get(frame) ?? []) counts[p - first] = 0;
}
