/**
 * Joins `--slurm` with what follows it where that is sbatch's: a value that begins with a dash would be taken for an option.
 * @param own options of the command itself, which `--slurm` alone may be followed by
 */
export function joinSlurmArgument(argv: readonly string[], own: readonly string[]): string[] {
  const at = argv.indexOf('--slurm');
  const next = argv[at + 1];
  if (at < 0 || !next?.startsWith('-') || own.includes(next.split(/[=\s]/)[0]!)) return [...argv];
  return [...argv.slice(0, at), `--slurm=${next}`, ...argv.slice(at + 2)];
}
