/** Control systems in whose words a stage is moved. */
export const controls = {
  bliss: 'BLISS',
  spec: 'SPEC',
  sardana: 'Sardana',
} as const;
export type Control = keyof typeof controls;

/** A motor and where it is to stand, in its own unit. */
export interface Reading {
  readonly motor: string;
  readonly value: number;
}

/** A name that a session can give a motor: nothing else is ever put into a command. */
const axisName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Those readings that a command can name and a motor can go to. */
export const movable = <R extends Reading>(readings: readonly R[]): readonly R[] =>
  readings.filter(({ motor, value }) => axisName.test(motor) && Number.isFinite(value));

/** Files of a control system's own tell which one it is; of others, SPEC's words are understood the most widely. */
export function controlOf(format: string): Control {
  if (format === 'bliss') return 'bliss';
  return format === 'nanomax' ? 'sardana' : 'spec';
}

/**
 * One line that moves the motors to where they stood, all at once: `umv(pix, 1.5, piy, 2)` in BLISS, `mv pix 1.5 piy 2` in SPEC,
 * `umv pix 1.5 piy 2` in Sardana.
 * @returns null where no reading can be named
 */
export function moveCommand(readings: readonly Reading[], control: Control): string | null {
  const moves = movable(readings).flatMap(({ motor, value }) => [motor, String(value)]);
  if (moves.length === 0) return null;
  if (control === 'bliss') return `umv(${moves.join(', ')})`;
  return `${control === 'spec' ? 'mv' : 'umv'} ${moves.join(' ')}`;
}
