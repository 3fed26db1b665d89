import { resolve } from 'node:path';
import { BraggwatchError, warning } from '@contract/errors';
import { percent } from '@contract/percent';
import { elementOfMass, type ElementName } from '@core/crystal/elements';
import { measureLattice } from '@core/crystal/measure';
import type { Vec3 } from '@core/math/vector';
import { scatterReflection, type ReflectionPattern } from '@core/scatter/reflection';
import { readDataFile, type AtomData } from '@main/relax/data-file';
import { encodeNpz } from '@main/files/npy';
import { complainOf, EXIT, print, writeOut } from './output';

export interface ScatterCommandOptions {
  readonly hkl: string;
  readonly voxel: number;
  readonly frame: 'q' | 'crystal';
  readonly element?: ElementName;
  readonly lattice?: number;
  readonly out: string;
  readonly json?: boolean;
}

const MAX_INDEX = 20;
/** A fifth of the distance between reflections: larger voxels sample no pattern of one. */
const MAX_VOXEL = 0.5;
/** Brightest voxel over a perfect crystal's below which there is no reflection: the most distorted crystals keep a hundredth. */
const DARK = 1e-3;

function parseHkl(text: string): Vec3 {
  const [h, k, l, ...rest] = text.split(',').map((word) => (/^\s*[+-]?\d+\s*$/.test(word) ? Number(word) : NaN));
  const hkl = [h ?? NaN, k ?? NaN, l ?? NaN] as const;
  if (rest.length > 0 || !hkl.every((n) => Math.abs(n) <= MAX_INDEX) || hkl.every((n) => n === 0))
    throw new BraggwatchError('usage', '--hkl needs three whole numbers, e.g. --hkl 1,1,1');
  return hkl;
}

/** The element that the masses of the types in use name. */
function elementOf({ types, masses }: AtomData): ElementName {
  const used = new Set(types.map((type) => type - 1));
  const [element, ...others] = new Set([...used].map((type) => elementOfMass(masses?.[type] ?? NaN)));
  if (!element)
    throw new BraggwatchError(
      'atoms-invalid',
      'its masses are those of no fcc metal known here; name it with --element',
    );
  if (others.length > 0)
    throw new BraggwatchError('atoms-invalid', 'it holds several elements; one is needed, or --element to take all as');
  return element;
}

function latticeOf(atoms: AtomData): number {
  const found = measureLattice(atoms.positions);
  if (found === undefined)
    throw new BraggwatchError('atoms-invalid', 'its atoms are on no fcc lattice; name the cell edge with --lattice');
  return found;
}

/**
 * `scatter FILE --hkl H,K,L --voxel DQ --out FILE.npz`: the pattern of a LAMMPS data file's crystal, its cell edges along x, y and z.
 * The window is centred on the crystal's own reflection: unless --lattice says otherwise the cell edge is measured on its atoms, as a
 * beamline's is on its peak, because a relaxed crystal has neither the textbook's lattice constant nor its potential's.
 */
export function scatter(path: string, options: ScatterCommandOptions): number {
  const hkl = parseHkl(options.hkl);
  const { voxel, frame, lattice, out } = options;
  if (!(voxel > 0 && voxel <= MAX_VOXEL))
    throw new BraggwatchError('usage', `--voxel is above 0 and at most ${MAX_VOXEL} 1/angstrom`);
  if (lattice !== undefined && !(lattice > 1 && lattice < 20))
    throw new BraggwatchError('usage', '--lattice is a cell edge in angstrom');
  const atoms = readDataFile(resolve(path));
  const element = options.element ?? elementOf(atoms);
  const latticeAngstrom = lattice ?? latticeOf(atoms);
  const started = performance.now();
  const pattern = scatterReflection(atoms.positions, { element, latticeAngstrom, hkl, voxel, frame });
  const ms = performance.now() - started;
  writeOut(out, patternArrays(pattern, voxel));
  const warnings = pattern.peakShare < DARK ? [warning('reflection-dark')] : [];
  const count = atoms.positions.length / 3;
  if (options.json) {
    const facts = { source: resolve(path), out, atoms: count, element, lattice_angstrom: latticeAngstrom, hkl };
    print(
      JSON.stringify({
        ...facts,
        voxel_inv_angstrom: voxel,
        peak_share: pattern.peakShare,
        warnings,
        timings_ms: { scatter: ms },
      }),
    );
  } else {
    const share = `brightest voxel ${percent(pattern.peakShare)} of a perfect crystal's`;
    print(`${out}  ${count} atoms of ${element}, cell edge ${latticeAngstrom.toFixed(4)} A, ${share}`);
    warnings.forEach(complainOf);
  }
  return EXIT.done;
}

/** The arrays of `scatter --out` (DESIGN section 6), named as those of `reduce --out` are. */
function patternArrays({ intensity, axes: [qx, qy, qz], frame }: ReflectionPattern, voxel: number): Uint8Array {
  const axis = (data: Float64Array): { shape: number[]; data: Float64Array } => ({ shape: [data.length], data });
  return encodeNpz({
    intensity: { shape: [qx.length, qy.length, qz.length], data: Float32Array.from(intensity) },
    qx: axis(qx),
    qy: axis(qy),
    qz: axis(qz),
    voxel: { shape: [], data: Float64Array.of(voxel) },
    frame: { shape: [3, 3], data: Float64Array.from(frame.flat()) },
  });
}
