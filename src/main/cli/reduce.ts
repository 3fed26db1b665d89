import { printedReduction } from '@contract/printed-line';
import { oneScan, openBatch } from './batch';
import { EXIT, print, writeOut } from './output';
import { sumRepeats, type VolumeOptions } from './sum-repeats';
import { volumeArrays } from './volume-arrays';

export interface ReduceCommandOptions extends VolumeOptions {
  /** Aligns and sums these scans; true: all of them. */
  readonly sum?: ReadonlySet<number> | true;
}

/** `reduce PATH --out FILE.npz`: one scan's orthonormalised volume with its axes, or the sum of repeats. */
export async function reduce(path: string, options: ReduceCommandOptions): Promise<number> {
  if (options.sum) return sumRepeats(path, options.sum === true ? new Set() : options.sum, options);
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
