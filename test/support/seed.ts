import fc from 'fast-check';

/**
 * Property tests draw the same cases in every run, so that a change is told by what it changed and a failure comes again at once.
 * `BRAGGWATCH_SEED=random` draws others, and fast-check prints the seed with what it found; a number draws those again.
 */
const seed = process.env['BRAGGWATCH_SEED'] ?? '20211';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
