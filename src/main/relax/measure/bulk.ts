import { fccBlock } from '@core/crystal/slab';
import type { Bulk } from '@core/potential/bulk';
import type { PotentialText, Relaxer } from '../types';
import { blockRun } from './deck';

const GPA_PER_BAR = 1e-4;
/** Tension and shear. Small enough to be linear, large enough for a shell at the cutoff to be out of reach. */
const STRAIN = 1e-3;
const CELLS = 4;
/** So much is the crystal pressed at rest, that a shell on the cutoff itself (Zhou's fifth) is surely within it. */
const PRESSED = 1e-5;

/** Prints a line that is easily found again. */
const TELL = 'run 0 post no\nprint "measured $(pe) $(pxx) $(pyy) $(pzz) $(pxy)"';

/** Numbers of the lines that {@link TELL} printed. */
const told = (log: string): number[][] =>
  [...log.matchAll(/^measured (.*)$/gm)].map((m) => m[1]!.trim().split(/\s+/).map(Number));

/**
 * Lattice constant, cohesive energy and elastic constants as LAMMPS finds them: the edge from where the pressure vanishes, C11 and C12 from the
 * stresses under a tension of 0.1 % along x, C44 from a shear.
 */
export async function measureBulk(relaxer: Relaxer, potential: PotentialText): Promise<Bulk> {
  const a = potential.bulk.latticeAngstrom * (1 - PRESSED);
  const block = fccBlock('100', a, [CELLS * a, CELLS * a, CELLS * a]);
  const scaled = (axes: string[], by: number): string =>
    `change_box all ${axes.map((x) => `${x} scale ${by}`).join(' ')} remap units box`;
  const all = ['x', 'y', 'z'];
  const commands = [
    TELL,
    scaled(all, 1 + STRAIN),
    TELL,
    scaled(all, (1 - STRAIN) / (1 + STRAIN)),
    TELL,
    scaled(all, 1 / (1 - STRAIN)),
    scaled(['x'], 1 + STRAIN),
    TELL,
    scaled(['x'], 1 / (1 + STRAIN)),
    'change_box all triclinic',
    `change_box all xy delta ${STRAIN * block.edges[1]} remap units box`,
    TELL,
  ].join('\n');
  const { log } = await relaxer.run(blockRun(block, potential, 0, commands));
  const [rest, large, small, tense, shear] = told(log);
  const pressure = (state: number[] | undefined): number => (state![1]! + state![2]! + state![3]!) / 3;
  const slope = (pressure(large) - pressure(small)) / (2 * STRAIN);
  const stiffness = (from: number[], to: number[], component: number): number =>
    (-(to[component]! - from[component]!) / STRAIN) * GPA_PER_BAR;
  return {
    latticeAngstrom: a * (1 - pressure(rest) / slope),
    cohesiveEv: rest![0]! / (block.positions.length / 3),
    elasticGpa: [
      stiffness(rest!, tense!, 1),
      (stiffness(rest!, tense!, 2) + stiffness(rest!, tense!, 3)) / 2,
      stiffness(rest!, shear!, 4),
    ],
  };
}
