import { Option, type Command } from 'commander';
import { FIRST_MODEL } from '@main/models/model-choice';
import { STARTS } from '@main/retrieval/look';
import { count, list, names, number, pair, part, share, whole } from '../arguments';
import { datasetMix } from '../dataset-mix';
import { modelWords } from '../named';
import { inside, kinds, rawScans, strangeness, tables } from '../study';
import { command, engineOption, run } from './parts';

/** Sets and tables by which networks are judged. */
export function addStudyCommands(program: Command): void {
  const study = command(
    program,
    'study',
    'sets and tables by which networks are judged',
    'tables three-class training-set',
  );
  command(
    study,
    'raw-scans',
    'raw scans of large crystals, unlike any training set, pushed through the whole reduction',
    '--scans 30 --out raw-scans',
  )
    .requiredOption('--out <dir>', 'folder of the data set, for evaluate')
    .option('--scans <n>', 'how many', number, 300)
    .option('--seed <n>', 'which series', number, 1)
    .option('--irregular', "bodies drawn out, cut and rounded, in place of Winterbottom's")
    .option('--per-kind <n>', 'so many of each kind of crystal and scan, for study kinds', whole)
    .option('--inside', 'with --per-kind: retrieve the phases of each, too')
    .option('--shard <i/n>', 'only every n-th scan, beginning with the i-th', part)
    .action(run(rawScans));
  command(
    study,
    'inside',
    'what network, phase retrieval and both make of crystals of several kinds',
    '--crystals 2 --out inside',
  )
    .requiredOption('--out <dir>', 'folder of the study; one begun with the same options goes on')
    .option('--crystals <n>', 'of each kind', whole, 30)
    .option('--seed <n>', 'which series', number, 1)
    .option('--starts <n>', 'retrievals of each', whole, STARTS)
    .option('--model <name>', modelWords('judge'), FIRST_MODEL)
    .option('--write <file>', 'put the table into this page, in place of the one before')
    .option('--json', 'one JSON object per row')
    .action(run(inside));
  command(
    study,
    'kinds',
    'what a model makes of raw scans of each kind: right, sure, sure and wrong',
    'three-class kinds',
  )
    .argument('<model>', modelWords('any'))
    .argument('<dataset>', 'made by study raw-scans --per-kind')
    .option(
      '--beside <model>',
      `a second ${modelWords('any')} to ask whether there is a defect, or none; the shipped one when left out`,
    )
    .option('--weight <share>', 'its share in the probabilities, 0 to 1; that of the app when left out', share)
    .option('--inside', 'with what phase retrieval shows beside it, in sets made with --inside')
    .option('--write <file>', 'put the table into this page, in place of the one before')
    .option('--json', 'one JSON object per line')
    .action(run(kinds));
  command(
    study,
    'tables',
    'accuracy of a model on the test parts of data sets, by everything it could depend on',
    'three-class training-set',
  )
    .argument('<model>', modelWords('any'))
    .argument('<dataset...>')
    .option('--spins <n>', 'random spins about Q, and tilts off it, of some patterns', number, 0)
    .option('--json', 'one JSON object per line')
    .action(run(tables));
  command(
    study,
    'strangeness',
    'what a model makes of volumes that hold no single crystal: noise, two peaks, a powder ring, ...',
    'three-class training-set',
  )
    .argument('<model>', modelWords('any'))
    .argument('<dataset>')
    .option('--each <n>', 'volumes of each kind', whole, 60)
    .option('--json', 'one JSON object per line')
    .action(run(strangeness));
  command(
    study,
    'dataset-mix',
    "the paper's Table 1 for small crystals: sets, a network trained on each, and each judged on all of them",
    '--crystals 20 --out mix',
  )
    .requiredOption('--out <dir>', 'folder of the study; one begun with the same options goes on')
    .option('--crystals <n>', 'of each set', whole, 200)
    .option('--orientations <n>', 'patterns of each crystal', whole, 10)
    .option(
      '--cells <from,to>',
      "edge of the cube that crystals are cut from, unit cells; the paper's 40 when left out",
      pair,
    )
    .option('--seed <n>', 'of all sets', number, 1)
    .option('--epochs <n>', 'passes over each training set', whole)
    .option('--options <file>', 'training options (JSON), such as those in resources/training')
    .option('--rows <names>', 'only these: unrelaxed, relaxed, elements, rpd, mixed', names)
    .option('--raw <dataset>', 'raw scans made by study raw-scans, in place of new ones')
    .option('--raw-scans <n>', 'how many raw scans to make and judge; 0: none', count, 120)
    .option('--measured <path>', 'judge the scans there too', list)
    .addOption(new Option('--relaxer <which>', 'LAMMPS to relax with').choices(['auto', 'wasm', 'native']))
    .option('--workers <n>', 'processes that simulate; as many as there are cores when left out', whole)
    .addOption(engineOption())
    .option('--threads <n>', 'threads of the training; all cores when left out', whole)
    .option('--resume', 'go on with the study in the folder; so it does without')
    .option('--json', 'one JSON object per line')
    .action(run(datasetMix));
}
