import { displace } from '@core/crystal/displacement';
import { dislocationField } from '@core/crystal/dislocation';
import type { ElementName } from '@core/crystal/elements';
import { fillFcc } from '@core/crystal/lattice';
import { winterbottom, type CrystalShape } from '@core/crystal/shape';
import { normalise, scale, type Vec3 } from '@core/math/vector';
import { resolvePotential } from '@main/relax/potential';
import { energyTolerance } from '@main/relax/tolerance';
import type { RelaxJob } from '@main/relax/types';

const BURGERS: Vec3 = [0.5, -0.5, 0];

/** A small crystal as the data sets have them, with or without a screw dislocation through its centre. */
export function smallCrystal(element: ElementName, cells: number, screw = false): RelaxJob & { shape: CrystalShape } {
  const potential = resolvePotential(`zhou04:${element}`);
  const a = potential.bulk.latticeAngstrom;
  const shape = winterbottom({ element, lateral: cells * a, interfaceIndex: 3, height: 0.7 });
  const positions = fillFcc(shape, a, [0.3, 0.2, 0.1]);
  if (screw) {
    const [burgers, line, glideNormal] = [scale(BURGERS, a), normalise(BURGERS), normalise([1, 1, 1])];
    displace(positions, dislocationField({ burgers, line, glideNormal, point: shape.centroid, poisson: 0.39 }));
  }
  return {
    positions,
    potential,
    energyTolerance: energyTolerance(positions.length / 3, 1e-6),
    maxIterations: 500,
    shape,
  };
}
