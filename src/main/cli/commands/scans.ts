import { Option, type Command } from 'commander';
import { algorithms } from '@core/phase/retrieve';
import { SIZE } from '@core/reduce/target';
import { receivers } from '@main/retrieval/hand-over';
import { SEED, STARTS } from '@main/retrieval/look';
import { edge, number, numbers, port, whole } from '../arguments';
import { classify } from '../classify';
import { exportLedger } from '../export';
import { handOver } from '../hand-over';
import { occlude } from '../occlude';
import { reduce } from '../reduce';
import { retrieve } from '../retrieve';
import { serve } from '../serve';
import { watch } from '../watch';
import { command, readingOptions, run, scanOptions } from './parts';

/** From scans to verdicts and tables. */
export function addScanCommands(program: Command): void {
  scanOptions(
    command(program, 'classify', 'judge every scan in the paths', 'beamtime --out results').argument('<path...>'),
  )
    .option('--scan <n>', 'only this scan', number)
    .option('--out <dir>', 'write a NeXus file per scan')
    .option('--inside', 'look into each crystal by phase retrieval, too (seconds a scan), as a witness to its verdict')
    .action(run(classify));
  scanOptions(
    command(program, 'watch', 'judge scans as they arrive in a folder', 'beamtime --until-idle 60').argument('<dir>'),
  )
    .option('--out <dir>', 'folder of the ledger and the results')
    .option('--until-idle <seconds>', 'end when nothing has changed for so long', number)
    .action(run(watch));
  scanOptions(
    command(
      program,
      'reduce',
      'write the orthonormalised volume of a scan, or of repeats that are aligned and summed',
      'beamtime --scan 1 --out volume.npz',
    ).argument('<path>'),
  )
    .option('--scan <n>', 'which scan, where there are several', number)
    .option('--sum [numbers]', 'align and sum these repeats, e.g. 3,5,7; all scans there are without numbers', numbers)
    .addOption(new Option('--frame <frame>', 'axes of the volume').choices(['q', 'sample']).default('q'))
    .requiredOption('--out <file>', 'the .npz file')
    .action(run(reduce));
  readingOptions(
    command(
      program,
      'retrieve',
      'look inside: the crystal and its dislocation lines by phase retrieval',
      'beamtime --scan 1 --out crystal.cxi',
    )
      .argument('<path...>', 'scans, or volumes that reduce has written (.npz)')
      .option('--starts <n>', 'retrievals from different random phases', whole, STARTS)
      .option('--scan <n>', 'only this scan', number)
      .option('--seed <n>', 'of the random phases', number, SEED)
      .addOption(new Option('--algorithm <name>', 'by which a retrieval seeks').choices(algorithms).default('hio'))
      .option('--size <n>', "voxels along each edge of a scan's pattern, 64 or 128: twice the detail", edge, SIZE)
      .option('--out <file>', 'the reconstruction as CXI, for PyNX and cdiutils'),
  )
    .option('--json', 'one JSON object per line')
    .action(run(retrieve));
  readingOptions(
    command(
      program,
      'hand-over',
      'write what PyNX, cohere or cdiutils starts a careful reconstruction from',
      'beamtime --scan 1 --for pynx --out for-pynx',
    )
      .argument('<path>')
      .addOption(new Option('--for <program>', 'which of them').choices(receivers).makeOptionMandatory())
      .requiredOption('--out <dir>', 'folder of the files')
      .option('--scan <n>', 'which scan, where there are several', number)
      .option('--starts <n>', 'retrievals by which the support is found', whole, STARTS)
      .option('--seed <n>', 'of their random phases', number, SEED),
  )
    .option('--json', 'one JSON object')
    .action(run(handOver));
  scanOptions(
    command(
      program,
      'occlude',
      'write the occlusion map of a verdict: what it loses where spheres are masked',
      'beamtime --scan 1 --out occlusion.npz',
    ).argument('<path>'),
  )
    .option('--scan <n>', 'which scan, where there are several', number)
    .requiredOption('--out <file>', 'the .npz file')
    .option('--radius <n>', 'of the sphere, voxels', number, 13)
    .option('--stride <n>', 'between centres, voxels', number, 4)
    .action(run(occlude));
  scanOptions(command(program, 'serve', 'serve the app on 127.0.0.1', '--watch beamtime'))
    .option('--port <n>', 'port; 0: any free one', port, 0)
    .option('--watch <dir>', 'watch this folder from the start')
    .option('--out <dir>', 'folder of the ledger and the results')
    .option('--new-addresses', 'revoke the addresses handed out before, and make new ones')
    .action(run(serve));
  command(program, 'export', 'print or copy what was judged', '--only defective > defective.csv')
    .addOption(
      new Option('--format <format>', 'table, document, BLISS macro, page to print, or copies of the NeXus files')
        .choices(['csv', 'json', 'macro', 'report', 'nexus'])
        .default('csv'),
    )
    .addOption(new Option('--only <which>', 'not all of them').choices(['defective', 'flagged']))
    .option('--out <dir>', 'folder for --format nexus')
    .option('--home <dir>', 'folder of the ledger')
    .action(run(exportLedger));
}
