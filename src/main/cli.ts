import { Command, CommanderError } from 'commander';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import { version } from '../../package.json';
import { defaultHome } from './files/home';
import { keepLogIn } from './process/log';
import { catchStrays, problemOf } from './process/report';
import { addCrystalCommands } from './cli/commands/crystals';
import { addMachineCommands } from './cli/commands/machine';
import { addNetworkCommands } from './cli/commands/networks';
import { addScanCommands } from './cli/commands/scans';
import { addStudyCommands } from './cli/commands/study';
import { complainOf, EXIT } from './cli/output';
import { joinSlurmArgument } from './cli/slurm-argument';

const program = new Command('braggwatch')
  .description('Tells from a Bragg coherent diffraction scan whether the nanocrystal holds a dislocation.')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

addScanCommands(program);
addCrystalCommands(program);
addNetworkCommands(program);
addStudyCommands(program);
addMachineCommands(program);

/** These stay up through the night: a promise that nobody waited for ends none of them. */
const staysUp = ['serve', 'watch', 'demo'].includes(process.argv[2] ?? '');
keepLogIn(defaultHome());
catchStrays('command', (kind) => (kind === 'rejection' && staysUp ? undefined : process.exit(EXIT.internal)));

const USAGE: readonly ErrorCode[] = ['usage', 'engine-unavailable', 'relaxer-unavailable'];

try {
  const simulate = program.commands.find((each) => each.name() === 'simulate');
  const own = simulate?.options.flatMap(({ long }) => long ?? []) ?? [];
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
