import { InvalidArgumentError } from 'commander';

// What is given on the command line, as the values that commands work with. Each throws InvalidArgumentError, which commander tells.

/** Any number. */
export const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('a number is needed');
  return value;
};

/** From 1 on. */
export const whole = (text: string): number => {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1 on is needed');
  return value;
};

/** From 0 on. */
export const count = (text: string): number => (text.trim() === '0' ? 0 : whole(text));

/** 0 stands for any free one. */
export const port = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('0 to 65535 is needed');
  return value;
};

/** Of a cube that phases are retrieved in. */
export const edge = (text: string): 64 | 128 => {
  const value = number(text);
  if (value !== 64 && value !== 128) throw new InvalidArgumentError('64 or 128 is needed');
  return value;
};

/** `I/N`. */
export const part = (text: string): { index: number; of: number } => {
  const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > of) throw new InvalidArgumentError('I/N is needed, I from 1 to N');
  return { index, of };
};

/** A part of a whole. */
export const share = (text: string): number => {
  const value = number(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError('0 to 1 is needed');
  return value;
};

/** `FROM,TO`, or one number for both. */
export const pair = (text: string): [number, number] => {
  const [from, to, ...more] = text.split(',').map(number);
  if (from === undefined || more.length > 0) throw new InvalidArgumentError('FROM,TO is needed');
  return [from, to ?? from];
};

/** Numbers of scans, separated by commas, each once. */
export const numbers = (text: string): ReadonlySet<number> => new Set(text.split(',').map(number));

/** Separated by commas. */
export const names = (text: string): string[] => text.split(',').map((name) => name.trim());

/** An option that may be given again. */
export const list = (text: string, former: string[] = []): string[] => [...former, text];
