import type { Command } from 'commander';
import { number, port } from '../arguments';
import { bench, benchNames } from '../bench';
import { demo } from '../demo';
import { doctor } from '../doctor';
import { modelWords } from '../named';
import { command, run } from './parts';

/** What this machine can do, shown and measured. */
export function addMachineCommands(program: Command): void {
  command(program, 'demo', 'play a short simulated beamtime', '--headless')
    .option('--headless', 'print the verdict lines and end')
    .option('--folder <dir>', 'play into this folder, and go on where an earlier demo stopped')
    .option('--speed <x>', 'how fast scans arrive', number, 1)
    .option('--port <n>', 'port; 0: any free one', port, 0)
    .action(run(demo));
  command(program, 'doctor', 'what this machine has and lacks', '--bundle for-help.zip')
    .option('--json', 'one JSON object per line')
    .option('--model <name>', modelWords('judge'))
    .option('--home <dir>', 'folder of the ledger')
    .option(
      '--bundle <file.zip>',
      'write logs, versions and counts for whoever is asked for help: no secret, no note, no scan',
    )
    .option('--anonymous', 'leave the names of people, proposals and samples out of the bundle')
    .action(run(doctor));

  command(program, 'bench', 'measure side by side with what one would otherwise run', 'reduce')
    .argument('[name]', `one of ${benchNames.join(', ')}; all of them when left out`)
    .option(
      '--detector <name>',
      'reduce: whole scans of a large detector (maxipix, eiger2m, eiger4m, eiger9m, fly1001, all)',
    )
    .action(run(bench));
}
