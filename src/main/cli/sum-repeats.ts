import { BraggwatchError } from '@contract/errors';
import { MOST_REPEATS } from '@contract/repeats';
import { fixed } from '@core/math/fixed';
import { ALIKE } from '@core/repeats/sum';
import { countsAbove } from '@main/beamtime/particle';
import { openBatch, scansIn } from './batch';
import type { ScanOptions } from './options';
import { EXIT, print, writeOut } from './output';
import { volumeArrays } from './volume-arrays';

/** What `reduce` is told of its file. */
export interface VolumeOptions extends ScanOptions {
  readonly out: string;
  readonly frame: 'q' | 'sample';
}

/**
 * `reduce PATH --sum NUMBERS --out FILE.npz`: repeats of one reflection, aligned and summed; says which were left out.
 * @param numbers of the scans; all that the path holds where there are none
 */
export async function sumRepeats(path: string, numbers: ReadonlySet<number>, options: VolumeOptions): Promise<number> {
  const batch = openBatch([path], options, options.frame);
  try {
    const listed = await scansIn(path, batch);
    const scans = listed.filter(({ ref }) => numbers.size === 0 || numbers.has(ref.number));
    const lacking = [...numbers].filter((number) => !scans.some(({ ref }) => ref.number === number));
    if (lacking.length > 0) throw new BraggwatchError('scan-not-found', `no scan ${lacking.join(', ')} in ${path}`);
    if (scans.length < 2 || scans.length > MOST_REPEATS)
      throw new BraggwatchError('repeats-few', `${scans.length} in ${path}`);
    const reduced = [];
    for (const facts of scans) {
      const { kept, rockingCurve, reduction } = await batch.scans.call('reduce', facts.ref, batch.optionsFor(facts));
      const { volume } = await batch.scans.call('reduced', kept);
      reduced.push({ scan: facts.name, volume, counts: countsAbove(rockingCurve.counts) ?? 1, reduction });
    }
    const { volume, parts, counts } = await batch.scans.call(
      'sumVolumes',
      reduced.map(({ scan, volume, counts }) => ({ scan, volume, counts })),
    );
    const [first] = reduced.filter((_, n) => !parts[n]!.left);
    const { oversampling, voxelInvAngstrom } = first!.reduction;
    writeOut(options.out, volumeArrays(volume, (oversampling * voxelInvAngstrom) / volume.voxel));
    const repeats = scans.map(({ name, ref }, n) => ({ scan: name, source: ref.source, ...parts[n]! }));
    if (options.json)
      print(
        JSON.stringify({
          out: options.out,
          counts: Math.round(counts),
          voxel_inv_angstrom: volume.voxel,
          alike: ALIKE,
          repeats: repeats.map(({ left, ...each }) => ({ ...each, summed: !left, ...(left && { left_out_by: left }) })),
        }),
      );
    else
      for (const { scan, left, correlation, shift } of repeats)
        print(
          [
            scan,
            left === undefined ? 'summed' : left === 'voxel' ? 'left out: other voxels' : `left out: below ${ALIKE}`,
            correlation === undefined ? '' : `correlation ${fixed(correlation, 3)}`,
            shift ? `shift ${shift.map((x) => fixed(x, 2)).join(' ')} voxels` : '',
          ]
            .filter(Boolean)
            .join('  '),
        );
    return EXIT.done;
  } finally {
    batch.close();
  }
}
