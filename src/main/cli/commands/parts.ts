import { Option, type Command } from 'commander';
import { engineRequests } from '@main/engine/choice';
import { AUTO_PRESET } from '@main/ledger/settings';
import { presetNames } from '@main/scan/presets';
import { list } from '../arguments';
import { modelWords } from '../named';

/** What is typed before a subcommand, `braggwatch` first. */
const namesAbove = (command: Command): string[] => [
  ...(command.parent ? namesAbove(command.parent) : []),
  command.name(),
];

/**
 * Adds a subcommand.
 * @param example arguments that work as they stand, in the checkout or beside the folder that they name; the help ends with them
 */
export const command = (program: Command, name: string, description: string, example: string): Command =>
  program
    .command(name)
    .description(description)
    .addHelpText('after', `\nExample:\n  npx ${[...namesAbove(program), name].join(' ')} ${example}`);

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
    .option('--preset <name>', `beamline preset: ${[AUTO_PRESET, ...presetNames].join(', ')}`, AUTO_PRESET)
    .option('--geometry <file>', 'geometry file (JSON)')
    .option('--allow <dir>', 'a further folder that may be looked into: links may lead there, serve may watch it', list)
    .addOption(new Option('--method <method>', 'resampling').choices(['linear', 'grid']).default('linear'));

/** Options that say how a scan is read, reduced and judged. */
export const scanOptions = (target: Command): Command =>
  readingOptions(target)
    .option('--model <name>', modelWords('judge'))
    .addOption(engineOption())
    .option('--json', 'one JSON object per line');
