/** What a scan's command line (BLISS `title`, SPEC `#S`) announces. */
export interface ScanCommand {
  /** First word, lower case, without the object whose method it is (`contscan.ascan`). */
  readonly macro: string;
  /** The motor of a rocking candidate; the first one where several move together. */
  readonly motor?: string;
  /** Points the command will take; 0 where it does not say. */
  readonly points: number;
  /** No macro that is known: what moved is told by what was recorded. */
  readonly unknown: boolean;
  /** What stands behind the macro. */
  readonly words: readonly string[];
}

/** Words before the number of intervals: macro, then three per motor. */
const stepScans: Readonly<Record<string, number>> = { ascan: 1, dscan: 1, lup: 1, a2scan: 2, d2scan: 2 };
/** Scans that are none of a single motor, and measurements without any. */
const others = /^(?:.*mesh\d*d?|kmap|sxdm|loopscan|timescan|s?ct|limatake|[hkl]scan|hklscan)$/;
const MAX_POINTS = 1_000_000;

const count = (word: string | undefined): number => {
  const value = Number(word);
  return Number.isInteger(value) && value >= 0 && value < MAX_POINTS ? value : 0;
};

/** Several motors that move together, along one line. */
const together = /^(?:[ad]\d*scan|anscan|dnscan|lookupscan)$/;
const isNumber = (word: string | undefined): boolean => word !== undefined && /^[-+]?[\d.]/.test(word);

/** The axes of a map, as its command names them: a motor, start, stop and intervals for each of two or more. */
export function mapIn(line: string): { motors: readonly string[]; points: readonly number[] } | undefined {
  const { macro, words } = parseCommand(line);
  if (together.test(macro)) return undefined;
  const motors: string[] = [];
  const points: number[] = [];
  for (let at = 0; at + 3 < words.length; at += 4) {
    const [motor, ...numbers] = words.slice(at, at + 4);
    if (motor === undefined || isNumber(motor) || !numbers.every(isNumber) || count(numbers[2]) === 0) break;
    motors.push(motor);
    points.push(count(numbers[2]) + 1);
  }
  return motors.length > 1 ? { motors, points } : undefined;
}

/** Whether a command moves through reciprocal space, by several circles at once: `scan hkl ...`. */
export function isReciprocal(line: string): boolean {
  const { macro, words } = parseCommand(line);
  return /^[hkl]scan$|^hklscan$/.test(macro) || (/^c?scan$/.test(macro) && /^(hkl|[hkl])$/.test(words[0] ?? ''));
}

/** Commas part the arguments of a call, `anscan(1.0, 63, eta, 17, 18)`; elsewhere they may be decimal. */
const split = (line: string): string[] =>
  line
    .trim()
    .split(line.includes('(') ? /[\s,()]+/ : /,?\s+/)
    .filter((word) => word !== '');

/**
 * Reads a command line. Step scans (`ascan motor start stop intervals time`) take one point more than they have
 * intervals; BLISS's `fscan motor start step points time` says its points. Meshes and counts are no rocking curve.
 * Any other macro, or none, says neither which motor it moves nor how many points it takes.
 */
export function parseCommand(line: string): ScanCommand {
  const [first = '', ...words] = split(line);
  const macro = first.toLowerCase().split('.').at(-1) ?? '';
  const motor = words[0];
  const known = { macro, unknown: false, words };
  const motors = stepScans[macro];
  if (motors !== undefined && motor) {
    const intervals = count(words[3 * motors]);
    return { ...known, motor, points: intervals > 0 ? intervals + 1 : 0 };
  }
  if (macro === 'fscan' && motor) return { ...known, motor, points: count(words[3]) };
  return { ...known, points: 0, unknown: !others.test(macro) };
}
