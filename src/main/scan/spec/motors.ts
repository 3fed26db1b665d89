import { namesOf, numbered, toNumber, words } from './lines';

/** The motors of a SPEC scan. */
export interface SpecMotors {
  /** At the start of the scan, by mnemonic (by name where the file has no mnemonics). */
  readonly positions: Readonly<Record<string, number>>;
  /** Column label of each mnemonic: the motor's name. */
  readonly labels: ReadonlyMap<string, string>;
  /** Lines that could not be paired, such as `#P0 has 3 positions for 4 motors`. */
  readonly unpaired: readonly string[];
}

/**
 * Pairs names (`#O`), mnemonics (`#o`) and positions (`#P`) line by line: a motor that was configured after the file was begun
 * makes one line longer than the other, and must not shift those in later lines. Names in the scan's own header (Sardana,
 * Bluesky) take the place of the file's.
 * @param header the file header in force
 * @param scan the scan's lines
 */
export function readMotors(header: string, scan: string): SpecMotors {
  const owner = numbered(scan, 'O').size > 0 || numbered(scan, 'o').size > 0 ? scan : header;
  const full = numbered(owner, 'O');
  const short = numbered(owner, 'o');
  const positions: Record<string, number> = {};
  const labels = new Map<string, string>();
  const unpaired: string[] = [];
  for (const [index, line] of full) {
    const mnemonics = words(short.get(index) ?? '');
    const motors = namesOf(line, mnemonics.length);
    if (motors.length === mnemonics.length) mnemonics.forEach((key, i) => labels.set(key, motors[i]!));
    else if (mnemonics.length === 0) for (const motor of motors) labels.set(motor, motor);
  }
  for (const [index, line] of numbered(scan, 'P')) {
    const values = words(line).map(toNumber);
    const motors = namesOf(full.get(index) ?? '', values.length);
    const mnemonics = words(short.get(index) ?? '');
    const keys = [mnemonics, motors].find(({ length }) => length === values.length);
    if (!keys) {
      const known = Math.max(motors.length, mnemonics.length);
      if (known > 0) unpaired.push(`#P${index} has ${values.length} positions for ${known} motors`);
      continue;
    }
    keys.forEach((key, i) => {
      if (!labels.has(key)) labels.set(key, key);
      if (Number.isFinite(values[i])) positions[key] = values[i]!;
    });
  }
  return { positions, labels, unpaired };
}
