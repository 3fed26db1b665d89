import { readFileSync, statSync } from 'node:fs';
import { BraggwatchError } from '@contract/errors';

/** A single crystal of one element, as a LAMMPS data file of atom_style atomic holds it. */
export interface CrystalData {
  /** 3N coordinates, angstrom, in the order of the file. */
  readonly positions: Float64Array;
  readonly ids: readonly number[];
  /** Gram per mole, where the file says it. */
  readonly mass: number | undefined;
}

/** Three million atoms' worth of text; LAMMPS' WebAssembly build ends at about two. */
const LARGEST_BYTES = 256 * 2 ** 20;
/** Headings of the sections there may be; those not named below are read over. */
const SECTION = /^(Masses|Atoms|Velocities|Pair Coeffs|PairIJ Coeffs|Atom Type Labels)\s*(?:#\s*(\w+))?$/;

const invalid = (detail: string): BraggwatchError => new BraggwatchError('crystal-invalid', detail);

/** Numbers of a line, refused unless all are finite. */
function numbers(line: string, least: number, number: number): number[] {
  const words = line.replace(/#.*/, '').trim().split(/\s+/).map(Number);
  if (words.length < least || !words.every(Number.isFinite))
    throw invalid(`line ${number}: ${line.trim().slice(0, 60)}`);
  return words;
}

/** One atom's line: id, type, x, y, z and maybe three image flags. */
function atom(line: string, number: number): { id: number; position: number[] } {
  const [id, type, ...rest] = numbers(line, 5, number);
  if (type !== 1) throw invalid(`line ${number}: an atom of type ${type}; only crystals of one element are relaxed`);
  if (!Number.isInteger(id)) throw invalid(`line ${number}: atom ${id}`);
  if (rest.length !== 3 && rest.length !== 6) throw invalid(`line ${number}: write it with atom_style atomic`);
  if (rest.slice(3).some((flag) => flag !== 0)) throw invalid(`line ${number}: an atom of a periodic image`);
  return { id: id!, position: rest.slice(0, 3) };
}

/**
 * Reads a data file's text. Nothing in it is trusted.
 * @throws BraggwatchError crystal-invalid
 */
export function parseCrystal(text: string): CrystalData {
  const positions: number[] = [];
  const ids: number[] = [];
  let mass: number | undefined;
  let announced: number | undefined;
  let section = '';
  text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    // The first line is a title, whatever it says.
    if (i === 0 || line === '' || line.startsWith('#')) return;
    const heading = SECTION.exec(line);
    if (heading) {
      section = heading[1]!;
      if (section === 'Atoms' && (heading[2] ?? 'atomic') !== 'atomic') throw invalid(`atom_style ${heading[2]}`);
    } else if (section === '') announced ??= /^(\d+)\s+atoms\b/.test(line) ? Number.parseInt(line, 10) : undefined;
    else if (section === 'Masses') mass ??= numbers(line, 2, i + 1)[1]!;
    else if (section === 'Atoms') {
      const { id, position } = atom(line, i + 1);
      ids.push(id);
      positions.push(...position);
    }
  });
  if (announced === undefined) throw invalid('it does not say how many atoms there are');
  if (ids.length === 0 || ids.length !== announced) throw invalid(`${announced} atoms announced, ${ids.length} there`);
  if (new Set(ids).size !== ids.length) throw invalid('two atoms have the same id');
  return { positions: Float64Array.from(positions), ids, mass };
}

/**
 * Reads a data file.
 * @throws BraggwatchError path-missing, crystal-invalid
 */
export function readCrystal(path: string): CrystalData {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts) throw new BraggwatchError('path-missing', path);
  if (!facts.isFile() || facts.size > LARGEST_BYTES)
    throw invalid(`${path} is no file of at most ${LARGEST_BYTES} bytes`);
  return parseCrystal(readFileSync(path, 'latin1'));
}
