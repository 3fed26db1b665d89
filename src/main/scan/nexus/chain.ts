import { dirname, join } from 'node:path/posix';
import type { Vec3 } from '@core/math/vector';
import type { Hdf5File } from '@main/hdf5/file';

/** One step of a chain of NXtransformations. */
export interface Step {
  /** Its dataset's name. */
  readonly name: string;
  readonly path: string;
  readonly rotates: boolean;
  /** Unit vector in the file's frame. */
  readonly vector: Vec3;
  /** Metres. */
  readonly offset: Vec3;
  /** Degrees, or metres: one for all points, or one for each. */
  readonly values: Float64Array;
}

/** A longer chain is a loop. */
const MOST_STEPS = 32;
const lengths: Readonly<Record<string, number>> = { m: 1, cm: 1e-2, mm: 1e-3, um: 1e-6, nm: 1e-9 };

/** Metres of a length in a file's units; undefined where it says none that is known. */
export const metresIn = (units: string | undefined): number | undefined => lengths[(units ?? '').trim().toLowerCase()];

/** The same; metres where it says none. */
const inMetres = (units: string | undefined): number => metresIn(units) ?? 1;

/** A wavelength in angstrom, by its own units; angstrom where it says none that is known, as Dectris' masters have it. */
export const inAngstrom = (file: Hdf5File, path: string): number | undefined => {
  const value = file.number(path);
  const metres = metresIn(file.attribute(path, 'units'));
  return value === undefined || metres === undefined ? value : value * metres * 1e10;
};

/** A length in metres, by its own units. */
export const lengthAt = (file: Hdf5File, path: string): number | undefined => {
  const value = file.number(path);
  return value === undefined ? undefined : value * inMetres(file.attribute(path, 'units'));
};

const vectorOf = (numbers: readonly number[] | undefined): Vec3 | undefined =>
  numbers?.length === 3 && numbers.every(Number.isFinite) ? [numbers[0]!, numbers[1]!, numbers[2]!] : undefined;

/** Where a `depends_on` leads: files write whole paths, with or without their first slash, or names beside. */
function target(file: Hdf5File, from: string, to: string): string | undefined {
  const name = to.trim();
  if (name === '' || name === '.') return undefined;
  const places = [name.startsWith('/') ? name : `/${name}`, join(dirname(from), name)];
  return places.find((place) => file.info(place)?.numeric);
}

function stepAt(file: Hdf5File, path: string): Step | undefined {
  const vector = vectorOf(file.attributeNumbers(path, 'vector'));
  const values = file.numbers(path);
  const type = file.attribute(path, 'transformation_type')?.trim();
  if (!vector || !values || !type) return undefined;
  const rotates = type === 'rotation';
  const units = file.attribute(path, 'units');
  const factor = rotates ? (/^rad/i.test(units ?? '') ? 180 / Math.PI : 1) : inMetres(units);
  const offset = vectorOf(file.attributeNumbers(path, 'offset')) ?? [0, 0, 0];
  const perOffset = inMetres(file.attribute(path, 'offset_units') ?? (rotates ? undefined : units));
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    rotates,
    vector,
    offset: [offset[0] * perOffset, offset[1] * perOffset, offset[2] * perOffset],
    values: values.map((value) => value * factor),
  };
}

/**
 * The chain of transformations that an object depends on, from the one nearest to it outwards.
 * @param from the object's path
 * @param to its `depends_on`
 * @returns undefined where the chain leads to what is no transformation
 */
export function chainOf(file: Hdf5File, from: string, to: string | undefined): readonly Step[] | undefined {
  const steps: Step[] = [];
  let at = from;
  let next = to;
  while (next !== undefined && steps.length < MOST_STEPS) {
    const path = target(file, at, next);
    if (path === undefined) return next.trim() === '.' || next.trim() === '' ? steps : undefined;
    const step = stepAt(file, path);
    if (!step) return undefined;
    steps.push(step);
    at = path;
    next = file.attribute(path, 'depends_on');
  }
  return steps;
}
