import type { Vec3 } from '@core/math/vector';
import { invalid, Lines } from './data-lines';

/** The cell that atoms lie in. */
export interface AtomBox {
  /** Angstrom. */
  readonly low: Vec3;
  readonly high: Vec3;
  /** xy, xz, yz, angstrom; absent where the box is orthogonal. */
  readonly tilt?: Vec3;
}

/** Atoms as a LAMMPS data file holds them. */
export interface AtomData {
  /** 3N coordinates, angstrom, by ascending atom number; unwrapped where the file holds image flags. */
  readonly positions: Float64Array;
  /** Their numbers, ascending. */
  readonly ids: Float64Array;
  /** Type of each atom, from 1 on. */
  readonly types: Uint8Array;
  readonly box: AtomBox;
  /** Mass of each type, atomic units; absent where the file has no `Masses`. */
  readonly masses?: readonly number[];
}

/** Columns of type and x by atom style (LAMMPS manual, `read_data`). */
const styles: Readonly<Record<string, { readonly type: number; readonly x: number }>> = {
  atomic: { type: 1, x: 2 },
  charge: { type: 1, x: 3 },
  molecular: { type: 2, x: 3 },
  full: { type: 2, x: 4 },
};

// Ten bytes are the least that an atom takes ("1 1 0 0 0\n"): nothing is allocated for a count that the file cannot hold.
const LEAST_BYTES = 10;
const MAX_TYPES = 255;
/** A tenth of a millimetre: what lies farther out is no crystal. */
const MAX_ANGSTROM = 1e6;
const MAX_IMAGES = 1000;

interface Header {
  readonly atoms: number;
  readonly types: number;
  readonly box: AtomBox;
}

/** Reads the header and the name of the first section. */
function readHeader(lines: Lines, bytes: number): { header: Header; section: string | undefined } {
  let [atoms, types] = [0, 0];
  let tilt: Vec3 | undefined;
  const low: [number, number, number] = [NaN, NaN, NaN];
  const high: [number, number, number] = [NaN, NaN, NaN];
  let line = lines.next();
  for (; line !== undefined && !/^[A-Za-z]/.test(line); line = lines.next()) {
    const words = line.split(/\s+/);
    const length = (n: number): number => lines.number(words[n], MAX_ANGSTROM);
    const axis = ['xlo', 'ylo', 'zlo'].indexOf(words[2] ?? '');
    if (axis >= 0) [low[axis], high[axis]] = [length(0), length(1)];
    else if (words[3] === 'xy') tilt = [length(0), length(1), length(2)];
    else if (words[3] === 'avec') throw lines.fail('a general triclinic box is not known here; write a restricted one');
    else if (words[1] === 'atoms') atoms = lines.count(words[0], Math.floor(bytes / LEAST_BYTES));
    else if (words[1] === 'atom' && words[2] === 'types') types = lines.count(words[0], MAX_TYPES);
  }
  if (!atoms || !types) throw invalid('its header does not say how many atoms and atom types there are');
  if (!low.every((x, a) => x < high[a]!)) throw invalid('its header names no box (xlo xhi, ylo yhi, zlo zhi)');
  return { header: { atoms, types, box: { low, high, ...(tilt && { tilt }) } }, section: line };
}

function readMasses(lines: Lines, types: number): number[] {
  const masses = new Array<number>(types).fill(0);
  for (let n = 0; n < types; n++) {
    const [type, mass] = lines.words('Masses');
    masses[lines.count(type, types) - 1] = lines.number(mass, 1000);
  }
  if (!masses.every((m) => m > 0)) throw invalid('its Masses are not all above 0');
  return masses;
}

/** Where each atom goes: by ascending number, whichever numbers there are. */
function ranks(numbers: Float64Array): Uint32Array {
  const order = Uint32Array.from(numbers, (_, n) => n).sort((a, b) => numbers[a]! - numbers[b]!);
  const out = new Uint32Array(numbers.length);
  order.forEach((n, rank) => {
    if (rank > 0 && numbers[order[rank - 1]!] === numbers[n]) throw invalid(`atom ${numbers[n]} is there twice`);
    out[n] = rank;
  });
  return out;
}

function readAtoms(
  lines: Lines,
  style: string,
  { atoms, types, box }: Header,
): Pick<AtomData, 'positions' | 'ids' | 'types'> {
  const columns = styles[style || 'atomic'];
  const known = Object.keys(styles).join(', ');
  if (!columns) throw lines.fail(`atom style ${style.slice(0, 40)} is not known here; there are: ${known}`);
  const [xy, xz, yz] = box.tilt ?? [0, 0, 0];
  const [a, b, c] = box.high.map((high, axis) => high - box.low[axis]!) as [number, number, number];
  const rows = new Float64Array(3 * atoms);
  const kinds = new Uint8Array(atoms);
  const numbers = new Float64Array(atoms);
  for (let n = 0; n < atoms; n++) {
    const words = lines.words('Atoms');
    const images = words.length - columns.x - 3;
    if (images !== 0 && images !== 3) {
      const hint = style ? `style ${style} has others` : 'name their style behind the section, e.g. Atoms # charge';
      throw lines.fail(`${words.length} columns; ${hint}`);
    }
    numbers[n] = lines.count(words[0], Number.MAX_SAFE_INTEGER);
    kinds[n] = lines.count(words[columns.type], types);
    const x = (axis: number): number => lines.number(words[columns.x + axis], MAX_ANGSTROM);
    const image = (axis: number): number => (images ? lines.number(words[columns.x + 3 + axis], MAX_IMAGES) : 0);
    const [i, j, k] = [image(0), image(1), image(2)];
    rows[3 * n] = x(0) + i * a + j * xy + k * xz;
    rows[3 * n + 1] = x(1) + j * b + k * yz;
    rows[3 * n + 2] = x(2) + k * c;
  }
  const positions = new Float64Array(3 * atoms);
  const sorted = new Uint8Array(atoms);
  ranks(numbers).forEach((rank, n) => {
    positions.set(rows.subarray(3 * n, 3 * n + 3), 3 * rank);
    sorted[rank] = kinds[n]!;
  });
  return { positions, ids: numbers.sort(), types: sorted };
}

/**
 * Reads the text of a LAMMPS data file (LAMMPS manual, `read_data`): header, `Masses`, `Atoms` of style atomic (also where none is
 * named), charge, molecular or full. Other sections are passed over.
 * @throws BraggwatchError atoms-invalid, naming the line
 */
export function parseDataText(text: string): AtomData {
  const lines = new Lines(text);
  const { header, section: first } = readHeader(lines, text.length);
  let masses: number[] | undefined;
  let found: Pick<AtomData, 'positions' | 'ids' | 'types'> | undefined;
  for (let section = first; section !== undefined; section = lines.next()) {
    if (section === 'Masses') masses = readMasses(lines, header.types);
    else if (section === 'Atoms') found = readAtoms(lines, lines.comment, header);
  }
  if (!found) throw invalid('there is no section Atoms');
  return { ...found, box: header.box, ...(masses && { masses }) };
}

/**
 * The box of free atoms.
 * @param margin room about the outermost ones, angstrom: LAMMPS refuses a box without volume, and loses what leaves a fixed one
 */
export function boxAbout(positions: Float64Array, margin = 1): AtomBox {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let n = 0; n < positions.length; n++) {
    const x = positions[n]!;
    const axis = n % 3;
    if (x < low[axis]!) low[axis] = x;
    if (x > high[axis]!) high[axis] = x;
  }
  return { low: low.map((x) => x - margin) as unknown as Vec3, high: high.map((x) => x + margin) as unknown as Vec3 };
}

/** What a data file says of one kind of atom. */
export interface AtomText {
  /** 3N coordinates, angstrom. */
  readonly positions: Float64Array;
  /** Atomic units. */
  readonly massU: number;
  readonly title: string;
  /** The atoms' own with 1 angstrom about it when left out. */
  readonly box?: AtomBox;
  /** Numbers of the atoms; from 1 on in the order given when left out. */
  readonly ids?: ArrayLike<number>;
}

/**
 * The text of a LAMMPS data file of one kind of atom, style atomic; it reads back to the bit.
 * In pieces, because a large crystal's text is long.
 */
export function* dataText({ positions, massU, title, box, ids }: AtomText): Generator<string> {
  const { low, high, tilt } = box ?? boxAbout(positions);
  yield `${title.replaceAll(/[\r\n]/g, ' ')}\n\n${positions.length / 3} atoms\n1 atom types\n\n`;
  yield ['x', 'y', 'z'].map((axis, a) => `${low[a]} ${high[a]} ${axis}lo ${axis}hi\n`).join('');
  if (tilt) yield `${tilt.join(' ')} xy xz yz\n`;
  yield `\nMasses\n\n1 ${massU}\n\nAtoms # atomic\n\n`;
  const PIECE = 3 * 10_000;
  for (let from = 0; from < positions.length; from += PIECE) {
    let text = '';
    for (let n = from; n < Math.min(from + PIECE, positions.length); n += 3)
      text += `${ids?.[n / 3] ?? n / 3 + 1} 1 ${positions[n]} ${positions[n + 1]} ${positions[n + 2]}\n`;
    yield text;
  }
}
