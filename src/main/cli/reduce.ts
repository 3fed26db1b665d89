import { printedReduction } from '@contract/printed-line';
import type { Volume } from '@contract/volume';
import { floatsOf } from '@contract/floats';
import { encodeNpz } from '@main/files/npy';
import { oneScan, openBatch } from './batch';
import type { ScanOptions } from './options';
import { EXIT, print, writeOut } from './output';

export interface ReduceCommandOptions extends ScanOptions {
  readonly out: string;
  readonly frame: 'q' | 'sample';
}

/** `reduce PATH --out FILE.npz`: one scan's orthonormalised volume with its axes. */
export async function reduce(path: string, options: ReduceCommandOptions): Promise<number> {
  const batch = openBatch([path], options, options.frame);
  try {
    const facts = await oneScan(path, batch, options.scan);
    const record = await batch.scans.call('reduce', facts.ref, batch.optionsFor(facts));
    const { volume } = await batch.scans.call('reduced', record.kept);
    writeOut(options.out, volumeArrays(volume, record.reduction.oversampling));
    const { scan, source } = { scan: facts.name, source: facts.ref.source };
    if (options.json)
      print(
        JSON.stringify({
          scan,
          source,
          out: options.out,
          reduction: printedReduction(record.reduction),
          warnings: record.warnings,
          timings_ms: record.timings,
        }),
      );
    else
      print(
        `${scan}  ${options.out}  voxel ${record.reduction.voxelInvAngstrom.toExponential(3)} 1/A, oversampling ${record.reduction.oversampling.toFixed(2)}`,
      );
    return EXIT.done;
  } finally {
    batch.close();
  }
}

/** The arrays of `reduce --out` (DESIGN section 6). */
function volumeArrays({ intensity, mask, shape, origin, voxel, frame }: Volume, oversampling: number): Uint8Array {
  const axis = (k: 0 | 1 | 2): Float64Array => Float64Array.from({ length: shape[k] }, (_, i) => origin[k] + i * voxel);
  return encodeNpz({
    intensity: { shape: [...shape], data: floatsOf(intensity) },
    mask: { shape: [...shape], data: mask },
    qx: { shape: [shape[0]], data: axis(0) },
    qy: { shape: [shape[1]], data: axis(1) },
    qz: { shape: [shape[2]], data: axis(2) },
    voxel: { shape: [], data: Float64Array.of(voxel) },
    frame: { shape: [3, 3], data: Float64Array.from(frame.flat()) },
    oversampling: { shape: [], data: Float64Array.of(oversampling) },
  });
}
