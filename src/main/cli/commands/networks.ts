import type { Command } from 'commander';
import { networks } from '@core/network/description';
import { number } from '../arguments';
import { adapt } from '../adapt';
import { modelWords } from '../named';
import { evaluate, lookAlikes, train } from '../train';
import { command, engineOption, run } from './parts';

/** From training sets to models. */
export function addNetworkCommands(program: Command): void {
  command(program, 'train', 'train a network on a data set, or on several at once', 'training-set --out ./mine')
    .argument('<dataset...>')
    .option('--network <name>', `one of ${Object.keys(networks).join(', ')}`, 'three-class')
    .requiredOption('--out <model>', 'folder of the model')
    .option('--epochs <n>', 'passes over the training set', number)
    .option('--batch <n>', 'patterns per step', number)
    .option('--seed <n>', 'seed of weights and order', number)
    .option('--threads <n>', 'threads; all cores when left out', number)
    .option('--options <file>', 'training options (JSON), such as those in resources/training')
    .addOption(engineOption())
    .option('--start <model>', `begin with the weights of this ${modelWords('any')}`)
    .option('--summary <text>', 'one sentence for the card')
    .option('--provisional <text>', 'why not to rely on it, for the card')
    .option('--resume', 'go on from the checkpoint')
    .option('--json', 'one JSON object per line')
    .action(run(train));
  command(
    program,
    'evaluate',
    'accuracy, confusion matrix and calibration of a model on the test part of a data set, or of several',
    'three-class training-set',
  )
    .argument('<model>', modelWords('any'))
    .argument('<dataset...>')
    .addOption(engineOption())
    .option('--json', 'one JSON object per line')
    .action(run(evaluate));
  command(
    program,
    'adapt',
    'a network for crystals like those of the scans judged so far: simulate, train, compare with the one in use',
    '--home beamtime --out ./mine',
  )
    .requiredOption('--out <dir>', 'folder of the set, the model and the raw scans; one begun there goes on')
    .option('--home <dir>', 'folder of the ledger whose scans count')
    .option('--model <name>', `the ${modelWords('judge')} to begin with, and to compare with`)
    .option('--crystals <n>', 'to learn from', number)
    .option('--per-kind <n>', 'raw scans of each of four kinds to judge', number)
    .option('--json', 'one JSON object')
    .action(run(adapt));
  command(
    program,
    'look-alikes',
    'add patterns of its training sets to a model, to be shown beside the scans that resemble them',
    './mine training-set',
  )
    .argument('<model>', modelWords('any'))
    .argument('<dataset...>')
    .addOption(engineOption())
    .option('--json', 'one JSON object per line')
    .action(run(lookAlikes));
}
