import { Command, CommanderError, Option } from 'commander';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import { elementNames } from '@core/crystal/elements';
import { version } from '../../package.json';
import { engineRequests } from './engine/choice';
import { defaultHome } from './files/home';
import { keepLogIn } from './process/log';
import { catchStrays, problemOf } from './process/report';
import { FIRST_MODEL } from './models/model-choice';
import { SEED, STARTS } from './retrieval/look';
import { count, list, names, number, pair, part, whole } from './cli/arguments';
import { bench } from './cli/bench';
import { classify } from './cli/classify';
import { datasetMix } from './cli/dataset-mix';
import { demo } from './cli/demo';
import { doctor } from './cli/doctor';
import { exportLedger } from './cli/export';
import { occlude } from './cli/occlude';
import { complainOf, EXIT } from './cli/output';
import { potential } from './cli/potential';
import { reduce } from './cli/reduce';
import { relax } from './cli/relax';
import { retrieve } from './cli/retrieve';
import { scatter } from './cli/scatter';
import { serve } from './cli/serve';
import { simulate } from './cli/simulate';
import { joinSlurmArgument } from './cli/slurm-argument';
import { inside, kinds, rawScans, strangeness, tables } from './cli/study';
import { evaluate, lookAlikes, train } from './cli/train';
import { watch } from './cli/watch';

/** A subcommand whose action's number becomes the exit code. */
const command = (name: string, description: string): Command => program.command(name).description(description);
const run =
  <A extends unknown[]>(action: (...args: A) => number | Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await action(...args);
  };

const engineOption = (): Option =>
  new Option('--engine <engine>', 'what runs the network; auto: the fastest that is here')
    .choices(engineRequests)
    .default('auto');

/** Options that say how a scan is read and reduced. */
const readingOptions = (target: Command): Command =>
  target
    .option('--preset <name>', 'beamline preset', 'auto')
    .option('--geometry <file>', 'geometry file (JSON)')
    .option('--allow <dir>', 'a further folder that may be looked into: links may lead there, serve may watch it', list)
    .addOption(new Option('--method <method>', 'resampling').choices(['linear', 'grid']).default('linear'));

/** Options that say how a scan is read, reduced and judged. */
const scanOptions = (target: Command): Command =>
  readingOptions(target)
    .option('--model <name>', 'model: a name in models/ or a path')
    .addOption(engineOption())
    .option('--json', 'one JSON object per line');

const program = new Command('braggwatch')
  .description('Tells from a Bragg coherent diffraction scan whether the nanocrystal holds a dislocation.')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

scanOptions(command('classify', 'judge every scan in the paths').argument('<path...>'))
  .option('--scan <n>', 'only this scan', number)
  .option('--out <dir>', 'write a NeXus file per scan')
  .action(run(classify));
scanOptions(command('watch', 'judge scans as they arrive in a folder').argument('<dir>'))
  .option('--out <dir>', 'folder of the ledger and the results')
  .option('--until-idle <seconds>', 'end when nothing has changed for so long', number)
  .action(run(watch));
scanOptions(command('reduce', 'write the orthonormalised volume of a scan').argument('<path>'))
  .option('--scan <n>', 'which scan, where there are several', number)
  .addOption(new Option('--frame <frame>', 'axes of the volume').choices(['q', 'sample']).default('q'))
  .requiredOption('--out <file>', 'the .npz file')
  .action(run(reduce));
readingOptions(
  command('retrieve', 'look inside: the crystal and its dislocation lines by phase retrieval')
    .argument('<path...>', 'scans, or volumes that reduce has written (.npz)')
    .option('--starts <n>', 'retrievals from different random phases', whole, STARTS)
    .option('--scan <n>', 'only this scan', number)
    .option('--seed <n>', 'of the random phases', number, SEED)
    .option('--out <file>', 'the reconstruction as CXI, for PyNX and cdiutils'),
)
  .option('--json', 'one JSON object per line')
  .action(run(retrieve));
scanOptions(
  command('occlude', 'map what the verdict on a scan rests on, by masking spheres of its volume').argument('<path>'),
)
  .option('--scan <n>', 'which scan, where there are several', number)
  .requiredOption('--out <file>', 'the .npz file')
  .option('--radius <n>', 'of the sphere, voxels', number, 13)
  .option('--stride <n>', 'between centres, voxels', number, 4)
  .action(run(occlude));
scanOptions(command('serve', 'serve the app on 127.0.0.1'))
  .option('--port <n>', 'port; 0: any free one', number, 0)
  .option('--watch <dir>', 'watch this folder from the start')
  .option('--out <dir>', 'folder of the ledger and the results')
  .action(run(serve));
command('export', 'print or copy what was judged')
  .addOption(new Option('--format <format>').choices(['csv', 'json', 'macro', 'report', 'nexus']).default('csv'))
  .addOption(new Option('--only <which>').choices(['defective', 'flagged']))
  .option('--out <dir>', 'folder for --format nexus')
  .option('--home <dir>', 'folder of the ledger')
  .action(run(exportLedger));
const relaxerOption = (choices: readonly string[]): Option =>
  new Option('--relaxer <kind>', 'which LAMMPS').choices(choices).default('auto');
command('relax', 'relax a crystal (LAMMPS data file) at 0 K')
  .argument('<file>')
  .requiredOption('--potential <name>', 'zhou04:ELEMENT, or a setfl file')
  .option('--element <name>', 'which of the elements of a setfl file')
  .addOption(relaxerOption(['auto', 'wasm', 'native', 'none']))
  .option('--threads <n>', 'threads or MPI ranks; with 1 results are the same to the bit', whole, 1)
  .option('--tolerance <x>', 'stop when a step changes the energy by less than this part of it', number, 1e-6)
  .option('--iterations <n>', 'stop after as many steps at the latest', whole, 10_000)
  .requiredOption('--out <file>', 'the relaxed crystal (LAMMPS data file)')
  .option('--json', 'one JSON object per line')
  .action(run(relax));
command('potential', 'what a potential makes of a metal: lattice, elastic constants, surface energies')
  .argument('<name>', 'zhou04:ELEMENT, or a setfl file')
  .option('--element <name>', 'which of the elements of a setfl file')
  .addOption(relaxerOption(['auto', 'wasm', 'native']))
  .option('--json', 'one JSON object per line')
  .action(run(potential));

const simulating = command('simulate', 'make a training set, or go on with it')
  .argument('<recipe>')
  .requiredOption('--out <dir>', 'folder of the data set')
  .option('--crystals <n>', 'as many crystals, whatever the recipe says', whole)
  .option('--workers <n>', 'processes at work; as many as there are cores when left out', whole)
  .addOption(new Option('--relaxer <which>', 'LAMMPS to relax with').choices(['auto', 'wasm', 'native', 'none']))
  .option('--shard <i/n>', 'only every n-th shard, from the i-th on; other machines make the others', part)
  .option('--slurm [args]', "let a Slurm job array make it; what follows is for sbatch, such as '--partition=cpu'")
  .option('--merge', 'check the shards and write the lists, nothing else')
  .option('--no-merge', 'leave checking and listing to another run')
  .option('--resume', 'go on with the set in the folder; so it does without')
  .option('--json', 'one JSON object per line')
  .action(run(simulate));
command('scatter', 'write the diffraction pattern of a crystal (LAMMPS data file)')
  .argument('<file>')
  .requiredOption('--hkl <h,k,l>', 'reflection')
  .requiredOption('--voxel <dq>', 'voxel edge, 1/angstrom with the 2 pi', number)
  .addOption(new Option('--frame <frame>', 'axes of the volume').choices(['q', 'crystal']).default('q'))
  .addOption(new Option('--element <element>', "element; by the file's masses when left out").choices(elementNames))
  .option('--lattice <a>', 'fcc cell edge, angstrom; measured on the atoms when left out', number)
  .requiredOption('--out <file>', 'the .npz file')
  .option('--json', 'one JSON object per line')
  .action(run(scatter));
command('train', 'train a network on a data set, or on several at once')
  .argument('<dataset...>')
  .option('--network <name>', 'network', 'three-class')
  .requiredOption('--out <model>', 'folder of the model')
  .option('--epochs <n>', 'passes over the training set', number)
  .option('--batch <n>', 'patterns per step', number)
  .option('--seed <n>', 'seed of weights and order', number)
  .option('--threads <n>', 'threads; all cores when left out', number)
  .option('--options <file>', 'training options (JSON), such as those in resources/training')
  .addOption(engineOption())
  .option('--start <model>', 'begin with the weights of this model')
  .option('--summary <text>', 'one sentence for the card')
  .option('--provisional <text>', 'why not to rely on it, for the card')
  .option('--resume', 'go on from the checkpoint')
  .option('--json', 'one JSON object per line')
  .action(run(train));
command(
  'evaluate',
  'accuracy, confusion matrix and calibration of a model on the test part of a data set, or of several',
)
  .argument('<model>')
  .argument('<dataset...>')
  .addOption(engineOption())
  .option('--json', 'one JSON object per line')
  .action(run(evaluate));
command('look-alikes', 'add patterns of its training sets to a model, to be shown beside the scans that resemble them')
  .argument('<model>')
  .argument('<dataset...>')
  .addOption(engineOption())
  .option('--json', 'one JSON object per line')
  .action(run(lookAlikes));
const study = command('study', 'sets and tables by which networks are judged');
study
  .command('raw-scans')
  .description('raw scans of large crystals, unlike any training set, pushed through the whole reduction')
  .requiredOption('--out <dir>', 'folder of the data set, for evaluate')
  .option('--scans <n>', 'how many', number, 300)
  .option('--seed <n>', 'which series', number, 1)
  .option('--irregular', "bodies drawn out, cut and rounded, in place of Winterbottom's")
  .option('--per-kind <n>', 'so many of each kind of crystal and scan, for study kinds', whole)
  .option('--shard <i/n>', 'only every n-th scan, beginning with the i-th', part)
  .action(run(rawScans));
study
  .command('inside')
  .description('what network, phase retrieval and both make of crystals of several kinds')
  .requiredOption('--out <dir>', 'folder of the study; one begun with the same options goes on')
  .option('--crystals <n>', 'of each kind', whole, 30)
  .option('--seed <n>', 'which series', number, 1)
  .option('--starts <n>', 'retrievals of each', whole, STARTS)
  .option('--model <name>', 'the network: a name in models/ or a path', FIRST_MODEL)
  .option('--json', 'one JSON object per row')
  .action(run(inside));
study
  .command('kinds')
  .description('what a model makes of raw scans of each kind: right, sure, sure and wrong')
  .argument('<model>')
  .argument('<dataset>', 'made by study raw-scans --per-kind')
  .option('--write <file>', 'put the table into this page, in place of the one before')
  .option('--json', 'one JSON object per line')
  .action(run(kinds));
study
  .command('tables')
  .description('accuracy of a model on the test parts of data sets, by everything it could depend on')
  .argument('<model>')
  .argument('<dataset...>')
  .option('--spins <n>', 'random spins about Q, and tilts off it, of some patterns', number, 0)
  .option('--json', 'one JSON object per line')
  .action(run(tables));
study
  .command('strangeness')
  .description('what a model makes of volumes that hold no single crystal: noise, two peaks, a powder ring, ...')
  .argument('<model>')
  .argument('<dataset>')
  .option('--each <n>', 'volumes of each kind', whole, 60)
  .option('--json', 'one JSON object per line')
  .action(run(strangeness));
study
  .command('dataset-mix')
  .description(
    "the paper's Table 1 for small crystals: sets, a network trained on each, and each judged on all of them",
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
command('demo', 'play a short simulated beamtime')
  .option('--headless', 'print the verdict lines and end')
  .option('--folder <dir>', 'play into this folder, and go on where an earlier demo stopped')
  .option('--speed <x>', 'how fast scans arrive', number, 1)
  .option('--port <n>', 'port; 0: any free one', number, 0)
  .action(run(demo));
command('doctor', 'what this machine has and lacks')
  .option('--json', 'one JSON object per line')
  .option('--model <name>', 'model: a name in models/ or a path')
  .action(run(doctor));

command('bench', 'measure side by side with what one would otherwise run')
  .argument('[name]')
  .option('--detector <name>', 'reduce: whole scans of a large detector (maxipix, eiger-2m, eiger-4m, eiger-9m, all)')
  .action(run(bench));

/** These stay up through the night: a promise that nobody waited for ends none of them. */
const staysUp = ['serve', 'watch', 'demo'].includes(process.argv[2] ?? '');
keepLogIn(defaultHome());
catchStrays('command', (kind) => (kind === 'rejection' && staysUp ? undefined : process.exit(EXIT.internal)));

const USAGE: readonly ErrorCode[] = ['usage', 'engine-unavailable', 'relaxer-unavailable'];

try {
  const own = simulating.options.flatMap(({ long }) => long ?? []);
  await program.parseAsync(joinSlurmArgument(process.argv, own));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else {
    const problem = problemOf(error, 'command');
    complainOf(problem);
    const known = error instanceof BraggwatchError;
    process.exitCode = known ? (USAGE.includes(problem.code) ? EXIT.usage : EXIT.badInput) : EXIT.internal;
  }
}
