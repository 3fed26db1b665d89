/** Atoms of the crystals that the paper's tolerance was chosen for: 100 000 to 140 000. */
const ATOMS = 110_000;

/**
 * Energy tolerance that stops a crystal as far from its end as the paper's. The tolerance is a part of the whole energy, but a dislocation's energy
 * does not grow with the crystal: at 1e-6 a crystal of 20 000 atoms goes on until most of its dislocations have turned or left
 * (docs/physics.md). So small ones stop at the same electronvolts per step as the paper's; larger ones at the tolerance itself, as there.
 * @param tolerance for a crystal of the paper's size, 1e-6 there
 */
export const energyTolerance = (atoms: number, tolerance: number): number => tolerance * Math.max(1, ATOMS / atoms);
