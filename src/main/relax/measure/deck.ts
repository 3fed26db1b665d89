import type { Block } from '@core/crystal/slab';
import type { LammpsRun, PotentialText } from '../types';

const CRYSTAL = 'block.data';
const POTENTIAL = 'potential.setfl';

/** A block as a data file, with vacuum along z where `vacuum` (angstrom) says so. */
function blockFile({ positions, edges }: Block, mass: number, vacuum: number): string {
  const atoms = Array.from({ length: positions.length / 3 }, (_, i) =>
    [i + 1, 1, ...positions.subarray(3 * i, 3 * i + 3)].join(' '),
  );
  return [
    'Braggwatch block\n',
    `${atoms.length} atoms\n1 atom types\n`,
    `0 ${edges[0]} xlo xhi\n0 ${edges[1]} ylo yhi\n${-vacuum} ${edges[2] + vacuum} zlo zhi\n`,
    `Masses\n\n1 ${mass}\n`,
    `Atoms # atomic\n\n${atoms.join('\n')}\n`,
  ].join('\n');
}

/** A deck on a block: periodic along x and y, along z too where there is no vacuum. */
export function blockRun(block: Block, potential: PotentialText, vacuum: number, commands: string): LammpsRun {
  const deck = `units metal
atom_style atomic
boundary p p ${vacuum > 0 ? 'f' : 'p'}
read_data ${CRYSTAL}
pair_style ${potential.style}
pair_coeff * * ${POTENTIAL} ${potential.element}
neighbor 1.0 bin
thermo_style custom step pe pxx pyy pzz pyz pxz pxy
${commands}
`;
  return {
    deck,
    files: { [CRYSTAL]: blockFile(block, potential.mass, vacuum), [POTENTIAL]: potential.text },
    outputs: [],
  };
}
