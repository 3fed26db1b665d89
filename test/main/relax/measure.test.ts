import { afterAll, describe, expect, it } from 'vitest';
import { elementNames, elements } from '@core/crystal/elements';
import { surfaceNames } from '@core/crystal/slab';
import { createRelaxer } from '@main/relax';
import { measureBulk } from '@main/relax/measure/bulk';
import { measureSurface } from '@main/relax/measure/surface';
import { resolvePotential } from '@main/relax/potential';
import { builtLauncher } from '../../support/build';
import { lammpsBulk } from '../../support/fixtures';

const wasm = createRelaxer('wasm', { threads: 1, launcher: builtLauncher() });
afterAll(() => wasm.close());

describe('the metals that LAMMPS makes of our tables', () => {
  it('are those of the reference', async () => {
    const values = lammpsBulk();
    for (const name of elementNames) {
      const theirs = values[name]!;
      const ours = await measureBulk(wasm, resolvePotential(`zhou04:${name}`));
      expect(ours.latticeAngstrom / theirs.a0_angstrom).toBeCloseTo(1, 5);
      expect(ours.cohesiveEv / theirs.cohesive_eV).toBeCloseTo(1, 4);
      [theirs.C11_GPa, theirs.C12_GPa, theirs.C44_GPa].forEach((c, i) =>
        expect(Math.abs(ours.elasticGpa[i]! / c - 1), `${name} ${i}`).toBeLessThan(0.01),
      );
    }
  });

  it('are those that crystals are built from', async () => {
    const pt = await measureBulk(wasm, resolvePotential('zhou04:Pt'));
    expect(pt.latticeAngstrom).toBeCloseTo(elements.Pt.latticeAngstrom, 5);
    pt.elasticGpa.forEach((c, i) => expect(c / elements.Pt.elasticGpa[i]!).toBeCloseTo(1, 3));
  });

  it('have the surfaces that shapes are made of, close-packed ones cheapest, as in every fcc metal', async () => {
    const potential = resolvePotential('zhou04:Al');
    for (const [i, name] of surfaceNames.entries())
      expect(await measureSurface(wasm, potential, name)).toBeCloseTo(elements.Al.surface[i]!, 3);
    for (const { surface } of Object.values(elements)) {
      expect(surface[0]).toBeLessThan(surface[1]);
      expect(surface[1]).toBeLessThan(surface[2]);
    }
  });
});
