/** Vacuum about a crystal, angstrom; surfaces move by less than one. */
const MARGIN = 15;

/** What of an atom a data file holds beside its position. */
export interface CrystalText {
  readonly title: string;
  /** 3N coordinates, angstrom. */
  readonly positions: Float64Array;
  /** Gram per mole. */
  readonly mass: number;
  /** 1, 2, 3 ... where left out. */
  readonly ids?: readonly number[];
}

/** A free crystal as a LAMMPS data file, atoms in the order given. Full precision: what is read is what was written. */
export function crystalText({ title, positions, mass, ids }: CrystalText): string {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const lines: string[] = [];
  for (let i = 0; i < positions.length; i += 3) {
    for (let a = 0; a < 3; a++) {
      low[a] = Math.min(low[a]!, positions[i + a]!);
      high[a] = Math.max(high[a]!, positions[i + a]!);
    }
    lines.push(`${ids?.[i / 3] ?? i / 3 + 1} 1 ${positions[i]} ${positions[i + 1]} ${positions[i + 2]}`);
  }
  const box = ['x', 'y', 'z'].map((x, a) => `${low[a]! - MARGIN} ${high[a]! + MARGIN} ${x}lo ${x}hi`);
  return [
    `${title}\n`,
    `${lines.length} atoms\n1 atom types\n`,
    `${box.join('\n')}\n`,
    `Masses\n\n1 ${mass}\n`,
    `Atoms # atomic\n\n${lines.join('\n')}\n`,
  ].join('\n');
}
