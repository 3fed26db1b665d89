import { median } from '@core/math/median';
import type { ScanCommand } from './command';

/** A share of a list's whole way that lies between its ends: noise goes to and fro, a scan goes one way. */
const ONE_WAY = 0.5;
/** Fewer positions may be as even by chance. */
const FEWEST = 24;
/** Places of a scan lie as far from each other as so many others, and their distances spread by no more than this share: noise is less even. */
const EVEN = 0.65;
const SPREAD = 0.6;
/** So few places are nearer to another than a fifth of the usual; up and down again, each is there twice. */
const NEAR = 0.06;
const TWICE: readonly [number, number] = [0.4, 0.55];

/** Whether a list of positions goes from one place to another, or to places side by side in any order. Numbers that are missing are passed over. */
export function moves(positions: ArrayLike<number>): boolean {
  const known = Array.from(positions).filter(Number.isFinite);
  if (known.length < 2) return false;
  const way = known.reduce((sum, value, i) => sum + (i === 0 ? 0 : Math.abs(value - known[i - 1]!)), 0);
  return way > 0 && (Math.abs(known.at(-1)! - known[0]!) > ONE_WAY * way || isLadder(known));
}

/** Whether the places lie side by side: a scan up and down again, or in random order. */
function isLadder(places: readonly number[]): boolean {
  if (places.length < FEWEST) return false;
  const sorted = places.toSorted((a, b) => a - b);
  const usual = (sorted.at(-1)! - sorted[0]!) / (sorted.length - 1);
  const gaps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  const steps = gaps.filter((gap) => gap > usual / 5);
  const near = (gaps.length - steps.length) / places.length;
  if (near > NEAR && !(near > TWICE[0] && near < TWICE[1])) return false;
  const middle = median(steps);
  const mean = steps.reduce((sum, gap) => sum + gap, 0) / steps.length;
  const spread = Math.sqrt(steps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / steps.length);
  const even = steps.filter((gap) => gap > 0.4 * middle && gap < 1.6 * middle);
  return even.length > EVEN * steps.length && spread < SPREAD * mean;
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
