import { fixed as decimals } from '@core/math/fixed';
import { surfaceNames } from '@core/crystal/slab';
import { createRelaxer } from '@main/relax';
import { measureBulk } from '@main/relax/measure/bulk';
import { measureSurface, SLAB_ANGSTROM, SLAB_WIDTH_ANGSTROM } from '@main/relax/measure/surface';
import { resolvePotential } from '@main/relax/potential';
import type { RelaxerKind } from '@main/relax/types';
import { EXIT, print } from './output';

export interface PotentialCommandOptions {
  readonly element?: string;
  readonly relaxer: RelaxerKind | 'auto';
  readonly json?: boolean;
}

const fixed = (values: readonly number[], digits: number): string => values.map((v) => decimals(v, digits)).join(', ');

/** `potential NAME`: what LAMMPS makes of it: the perfect crystal and its surfaces, from which shapes follow. */
export async function potential(name: string, options: PotentialCommandOptions): Promise<number> {
  const chosen = resolvePotential(name, options.element);
  const relaxer = createRelaxer(options.relaxer, { threads: 1 });
  try {
    const bulk = await measureBulk(relaxer, chosen);
    const surface: number[] = [];
    for (const facet of surfaceNames) surface.push(await measureSurface(relaxer, chosen, facet));
    const lammps = `${await relaxer.version()} (${relaxer.kind})`;
    const slab = { thicknessAngstrom: SLAB_ANGSTROM, widthAngstrom: SLAB_WIDTH_ANGSTROM };
    if (options.json)
      print(JSON.stringify({ potential: chosen.name, element: chosen.element, ...bulk, surface, slab, lammps }));
    else
      print(
        [
          `${chosen.name}  ${chosen.element}  a ${bulk.latticeAngstrom.toFixed(5)} A, ${bulk.cohesiveEv.toFixed(4)} eV per atom`,
          `C11, C12, C44: ${fixed(bulk.elasticGpa, 1)} GPa`,
          `{111}, {100}, {110}: ${fixed(surface, 4)} J/m^2`,
          `LAMMPS ${lammps}`,
        ].join('\n'),
      );
    return EXIT.done;
  } finally {
    relaxer.close();
  }
}
