import type { ScanCommand } from './command';

/** A share of a list's whole way that lies between its ends: noise goes to and fro, a scan goes one way. */
const ONE_WAY = 0.5;

/** Whether a list of positions goes from one place to another. Numbers that are missing are passed over. */
export function moves(positions: ArrayLike<number>): boolean {
  const known = Array.from(positions).filter(Number.isFinite);
  if (known.length < 2) return false;
  const way = known.reduce((sum, value, i) => sum + (i === 0 ? 0 : Math.abs(value - known[i - 1]!)), 0);
  return way > 0 && Math.abs(known.at(-1)! - known[0]!) > ONE_WAY * way;
}

/**
 * The motor that a scan moved. A command that is known names it; otherwise it is the one that has a list of positions of its
 * own and goes one way: of several the one that the command names first, else the first.
 * @param lists names of the motors that have a list, and the list
 * @param nameOf how the command may call a motor besides
 */
export function scannedMotor(
  command: ScanCommand,
  lists: Iterable<readonly [string, ArrayLike<number>]>,
  nameOf: (motor: string) => string = (motor) => motor,
): string | undefined {
  if (!command.unknown) return command.motor;
  const moving = [...lists].filter(([, list]) => moves(list)).map(([motor]) => motor);
  const named = (word: string): string | undefined =>
    moving.find((motor) => [motor, nameOf(motor)].some((name) => name.toLowerCase() === word.toLowerCase()));
  return command.words.map(named).find((motor) => motor !== undefined) ?? moving[0];
}
