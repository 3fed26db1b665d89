/** What a scan's command line (BLISS `title`, SPEC `#S`) announces. */
export interface ScanCommand {
  /** First word, lower case. */
  readonly macro: string;
  /** The motor of a rocking candidate; the first one where several move together. */
  readonly motor?: string;
  /** Points the command will take; 0 where it does not say. */
  readonly points: number;
}

/** Words before the number of intervals: macro, then three per motor. */
const stepScans: Readonly<Record<string, number>> = { ascan: 1, dscan: 1, lup: 1, a2scan: 2, d2scan: 2 };
const MAX_POINTS = 1_000_000;

const count = (word: string | undefined): number => {
  const value = Number(word);
  return Number.isInteger(value) && value >= 0 && value < MAX_POINTS ? value : 0;
};

/**
 * Reads a command line. Step scans (`ascan motor start stop intervals time`) take one point more than they have
 * intervals; BLISS's `fscan motor start step points time` says its points. Anything else is no rocking curve.
 */
export function parseCommand(line: string): ScanCommand {
  const words = line.trim().split(/[\s,()]+/);
  const macro = (words[0] ?? '').toLowerCase();
  const motor = words[1];
  const motors = stepScans[macro];
  if (motors !== undefined && motor) {
    const intervals = count(words[1 + 3 * motors]);
    return { macro, motor, points: intervals > 0 ? intervals + 1 : 0 };
  }
  if (macro === 'fscan' && motor) return { macro, motor, points: count(words[4]) };
  return { macro, points: 0 };
}
