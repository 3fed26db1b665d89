import { CommanderError } from 'commander';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import { defaultHome } from './files/home';
import { keepLogIn } from './process/log';
import { keepHeapSmall } from './process/memory';
import { catchStrays, problemOf } from './process/report';
import { bearGoneReader, complainOf, EXIT } from './cli/output';
import { createProgram } from './cli/program';
import { joinSlurmArgument } from './cli/slurm-argument';

const program = createProgram();

/** These stay up through the night: a promise that nobody waited for ends none of them. */
const staysUp = ['serve', 'watch', 'demo'].includes(process.argv[2] ?? '');
keepLogIn(defaultHome());
if (staysUp) keepHeapSmall();
bearGoneReader(staysUp);
catchStrays('command', (kind) => (kind === 'rejection' && staysUp ? undefined : process.exit(EXIT.internal)));

const USAGE: readonly ErrorCode[] = ['usage', 'port-unavailable', 'engine-unavailable', 'relaxer-unavailable'];

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
