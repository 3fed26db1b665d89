import { applyStencils, fillStencils } from './fill';
import type { FrameMasks } from './frame-masks';
import type { FrameBlock } from './statistics';

/** A box of a scan: [first, last) along frames, rows, columns. */
export interface Box {
  readonly frames: readonly [number, number];
  readonly rows: readonly [number, number];
  readonly cols: readonly [number, number];
}

/** What counts are multiplied with, and what is taken off before; raw counts where absent. */
export interface Correction {
  /** Counts that every pixel has on top; one per frame of the scan where they differ. */
  readonly offset?: number | Float64Array | undefined;
  /** Per frame of the scan: monitor normalisation. */
  readonly frames?: Float64Array | undefined;
  /** Per pixel of a block's frame, rows x cols: white field. */
  readonly pixels?: Float32Array | undefined;
}

/** What every pixel has on top in a frame of the scan. */
export const offsetIn = ({ offset = 0 }: Correction, frame: number): number =>
  typeof offset === 'number' ? offset : (offset[frame] ?? 0);

/** A box about the Bragg peak, as a view into a block of frames: nothing is copied. */
export interface Region {
  readonly box: Box;
  readonly shape: readonly [number, number, number];
  readonly block: FrameBlock;
  /** The scan's frame, row and column that the block begins with. */
  readonly origin: readonly [number, number, number];
  /** rows x cols of the block, 0 where the pixel was measured; elsewhere it was filled. */
  readonly mask: Uint8Array;
  /** Like the block's counts, 1 where a pixel was not measured in that one frame; absent where `mask` says it all. */
  readonly voxels?: Uint8Array | undefined;
  readonly correction: Correction;
}

/** A box about `centre`, reaching `reach` to every side, within the scan. */
export function boxAbout(
  centre: readonly [number, number, number],
  reach: readonly [number, number, number],
  shape: readonly [number, number, number],
): Box {
  const along = (axis: 0 | 1 | 2): [number, number] => {
    const low = Math.min(shape[axis], Math.max(0, Math.floor(centre[axis] - reach[axis])));
    return [low, Math.max(low, Math.min(shape[axis], Math.ceil(centre[axis] + reach[axis]) + 1))];
  };
  return { frames: along(0), rows: along(1), cols: along(2) };
}

/**
 * Fills the masked pixels of every frame of a block in place, from their neighbours, so that neither gaps nor hot
 * pixels become features.
 * @param mask rows x cols, 0 = the pixel counts
 * @param masks what single frames mask beyond it
 * @param first the scan's frame that the block begins with
 * @returns like the block's counts, 1 where a frame's own mask lay; undefined where no frame has one
 */
export function fillMasked(block: FrameBlock, mask: Uint8Array, masks?: FrameMasks, first = 0): Uint8Array | undefined {
  const pixels = block.rows * block.cols;
  const special = masks !== undefined && (masks.own.size > 0 || masks.whole.size > 0);
  const voxels = special ? new Uint8Array(block.counts.length) : undefined;
  const stencils = fillStencils(mask, block.rows, block.cols);
  for (let f = 0; f < block.frames; f++) {
    const frame = block.counts.subarray(f * pixels, (f + 1) * pixels);
    const own = masks?.own.get(first + f);
    if (masks?.whole.has(first + f)) voxels?.fill(1, f * pixels, (f + 1) * pixels);
    if (!own) applyStencils(stencils, frame);
    else {
      const both = Uint8Array.from(mask);
      for (const p of own) {
        both[p] = 1;
        voxels![f * pixels + p] = 1;
      }
      applyStencils(fillStencils(both, block.rows, block.cols), frame);
    }
  }
  return voxels;
}

/**
 * A view of a box of a block whose masked pixels were filled.
 * @param box in the scan's frames; the block must hold them
 */
export function cutRegion(
  block: FrameBlock,
  mask: Uint8Array,
  box: Box,
  correction: Correction = {},
  origin: Region['origin'] = [0, 0, 0],
  voxels?: Uint8Array,
): Region {
  const length = ([first, last]: readonly [number, number]): number => last - first;
  const shape = [length(box.frames), length(box.rows), length(box.cols)] as const;
  return { box, shape, block, origin, mask, voxels, correction };
}

/** Index in the block's counts of a region's first pixel of one row of one frame. */
export const rowStart = (region: Region, frame: number, row: number): number =>
  (region.box.frames[0] - region.origin[0] + frame) * region.block.rows * region.block.cols + pixelStart(region, row);

/** Index in a frame of the block of a region's first pixel of one row. */
export const pixelStart = ({ box, block, origin }: Region, row: number): number =>
  (box.rows[0] - origin[1] + row) * block.cols + box.cols[0] - origin[2];
