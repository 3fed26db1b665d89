import { Command } from 'commander';
import { version } from '../../../package.json';
import { addCrystalCommands } from './commands/crystals';
import { addMachineCommands } from './commands/machine';
import { addNetworkCommands } from './commands/networks';
import { addScanCommands } from './commands/scans';
import { addStudyCommands } from './commands/study';

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('braggwatch')
    .description('Tells from a Bragg coherent diffraction scan whether the nanocrystal holds a dislocation.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExample:\n  npx braggwatch classify beamtime');
  addScanCommands(program);
  addCrystalCommands(program);
  addNetworkCommands(program);
  addStudyCommands(program);
  addMachineCommands(program);
  return program;
}
