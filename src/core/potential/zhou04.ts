import { elementNames, type ElementName } from '@core/crystal/elements';
import published from '@resources/potentials/zhou04.json' with { type: 'json' };
import type { EamTables } from './types';

/** Constants of table III, named as there; angstrom, eV, densities in the model's own unit. */
export type Zhou04Parameters = (typeof published.elements)[ElementName];

const POINTS = 4000;
/** Densities are tabulated up to this many times the equilibrium density; a dimer pressed to 1 angstrom stays below. */
const DENSITY_REACH = 5;

const damped = (scale: number, decay: number, shift: number, x: number): number =>
  (scale * Math.exp(-decay * (x - 1))) / (1 + (x - shift) ** 20);

/** Pair energy at r angstrom, eV (eq. 2). */
export const pairEnergy = (p: Zhou04Parameters, r: number): number =>
  damped(p.A, p.alpha, p.kappa, r / p.re) - damped(p.B, p.beta, p.lambda, r / p.re);

/** Electron density of an atom at r angstrom (eq. 3). */
export const electronDensity = (p: Zhou04Parameters, r: number): number => damped(p.fe, p.beta1, p.lambda1, r / p.re);

/** Energy of an atom in a density, eV (eqs. 4 to 6). */
export function embeddingEnergy(p: Zhou04Parameters, density: number): number {
  const low = p.rho_low * p.rhoe;
  if (density < low) {
    const x = density / low - 1;
    return p.Fn0 + x * (p.Fn1 + x * (p.Fn2 + x * p.Fn3));
  }
  if (density < p.rho_high * p.rhoe) {
    const x = density / p.rhoe - 1;
    return p.F0 + x * (p.F1 + x * (p.F2 + x * (x < 0 ? p.F3_minus : p.F3_plus)));
  }
  const power = (density / p.rhos) ** p.eta;
  return p.Fe * (1 - p.eta * Math.log(density / p.rhos)) * power;
}

/**
 * The distance of the fifth shell of the fcc lattice with neighbours at `re`, where the published tables just end, some 1e-6 eV above 0.
 * They are kept as they are, as everybody uses them; what it costs is in docs/physics.md.
 */
export const cutoff = (p: Zhou04Parameters): number => Math.sqrt(5) * p.re;

export const hasZhou04 = (name: string): name is ElementName => (elementNames as readonly string[]).includes(name);

/**
 * The analytic embedded-atom potential of an fcc metal (X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113, 2004),
 * tabulated for LAMMPS.
 */
export function zhou04Tables(name: ElementName): EamTables {
  const p: Zhou04Parameters = published.elements[name];
  const reach = cutoff(p);
  const distanceStep = reach / (POINTS - 1);
  const densityStep = (DENSITY_REACH * p.rhoe) / (POINTS - 1);
  const table = (f: (i: number) => number): Float64Array => Float64Array.from({ length: POINTS }, (_, i) => f(i));
  return {
    comments: [
      `Analytic EAM of ${name}: ${published.source}`,
      'Tabulated by Braggwatch',
      `Cutoff ${published.form.cutoff}`,
    ],
    elements: [{ name, atomicNumber: p.Z, mass: p.mass, latticeAngstrom: Math.SQRT2 * p.re, structure: 'fcc' }],
    densityStep,
    distanceStep,
    cutoffAngstrom: reach,
    embedding: [table((i) => embeddingEnergy(p, i * densityStep))],
    density: [[table((i) => electronDensity(p, i * distanceStep))]],
    pair: [table((i) => i * distanceStep * pairEnergy(p, i * distanceStep))],
  };
}
