import { Option, type Command } from 'commander';
import { elementNames } from '@core/crystal/elements';
import { number, part, whole } from '../arguments';
import { potential } from '../potential';
import { relax } from '../relax';
import { scatter } from '../scatter';
import { simulate } from '../simulate';
import { command, run } from './parts';

const relaxerOption = (choices: readonly string[]): Option =>
  new Option('--relaxer <kind>', 'which LAMMPS').choices(choices).default('auto');

const potentialWords = `zhou04:ELEMENT (${elementNames.join(', ')}), or a setfl file`;

/** From a crystal's atoms to patterns and training sets. */
export function addCrystalCommands(program: Command): void {
  command(
    program,
    'relax',
    'relax a crystal (LAMMPS data file) at 0 K',
    'crystal.data --potential zhou04:Pt --out relaxed.data',
  )
    .argument('<file>')
    .requiredOption('--potential <name>', potentialWords)
    .option('--element <name>', 'which of the elements of a setfl file')
    .addOption(relaxerOption(['auto', 'wasm', 'native', 'none']))
    .option('--threads <n>', 'threads or MPI ranks; with 1 results are the same to the bit', whole, 1)
    .option('--tolerance <x>', 'stop when a step changes the energy by less than this part of it', number, 1e-6)
    .option('--iterations <n>', 'stop after as many steps at the latest', whole, 10_000)
    .requiredOption('--out <file>', 'the relaxed crystal (LAMMPS data file)')
    .option('--json', 'one JSON object per line')
    .action(run(relax));
  command(
    program,
    'potential',
    'what a potential makes of a metal: lattice, elastic constants, surface energies',
    'zhou04:Pt',
  )
    .argument('<name>', potentialWords)
    .option('--element <name>', 'which of the elements of a setfl file')
    .addOption(relaxerOption(['auto', 'wasm', 'native']))
    .option('--json', 'one JSON object per line')
    .action(run(potential));

  command(
    program,
    'simulate',
    'make a training set, or go on with it',
    'resources/recipes/default.json --crystals 40 --out training-set',
  )
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
  command(
    program,
    'scatter',
    'write the diffraction pattern of a crystal (LAMMPS data file)',
    'crystal.data --hkl 1,1,1 --voxel 0.01 --out pattern.npz',
  )
    .argument('<file>')
    .requiredOption('--hkl <h,k,l>', 'reflection')
    .requiredOption('--voxel <dq>', 'voxel edge, 1/angstrom with the 2 pi', number)
    .addOption(new Option('--frame <frame>', 'axes of the volume').choices(['q', 'crystal']).default('q'))
    .addOption(new Option('--element <element>', "element; by the file's masses when left out").choices(elementNames))
    .option('--lattice <a>', 'fcc cell edge, angstrom; measured on the atoms when left out', number)
    .requiredOption('--out <file>', 'the .npz file')
    .option('--json', 'one JSON object per line')
    .action(run(scatter));
}
