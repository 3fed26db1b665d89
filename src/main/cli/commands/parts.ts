import { Option, type Command } from 'commander';
import { engineRequests } from '@main/engine/choice';
import { list } from '../arguments';

/** Adds a subcommand. */
export const command = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description);

/** An action whose number becomes the exit code. */
export const run =
  <A extends unknown[]>(action: (...args: A) => number | Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await action(...args);
  };

export const engineOption = (): Option =>
  new Option('--engine <engine>', 'what runs the network; auto: the fastest that is here')
    .choices(engineRequests)
    .default('auto');

/** Options that say how a scan is read and reduced. */
export const readingOptions = (target: Command): Command =>
  target
    .option('--preset <name>', 'beamline preset', 'auto')
    .option('--geometry <file>', 'geometry file (JSON)')
    .option('--allow <dir>', 'a further folder that may be looked into: links may lead there, serve may watch it', list)
    .addOption(new Option('--method <method>', 'resampling').choices(['linear', 'grid']).default('linear'));

/** Options that say how a scan is read, reduced and judged. */
export const scanOptions = (target: Command): Command =>
  readingOptions(target)
    .option('--model <name>', 'model: a name in models/ or a path')
    .addOption(engineOption())
    .option('--json', 'one JSON object per line');
