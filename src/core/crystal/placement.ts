import { add, cross, normalise, scale, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import type { CrystalShape } from './shape';

/** CD: close to the centre; RPD: anywhere (paper, 'Building the datasets'). */
export type Placement = 'CD' | 'RPD';

/** Largest distance of a centred dislocation from the crystal's centre, as a part of its lateral size. */
const CENTRED_WITHIN = 0.1;

/** A point uniform in the crystal's volume. */
export function anywhere(shape: CrystalShape, random: RandomStream): Vec3 {
  for (;;) {
    const x = random.uniform(shape.min[0], shape.max[0]);
    const y = random.uniform(shape.min[1], shape.max[1]);
    const z = random.uniform(shape.min[2], shape.max[2]);
    if (shape.contains(x, y, z)) return [x, y, z];
  }
}

/**
 * A point for the dislocation line to pass through, angstrom, crystal frame.
 * @param line unit vector; a centred one is uniform in the disc about the centre of volume, across the line
 */
export function placeLine(shape: CrystalShape, line: Vec3, placement: Placement, random: RandomStream): Vec3 {
  if (placement === 'RPD') return anywhere(shape, random);
  const u = normalise(cross(line, Math.abs(line[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]));
  const v = cross(line, u);
  const radius = CENTRED_WITHIN * shape.lateral * Math.sqrt(random.uniform());
  const angle = 2 * Math.PI * random.uniform();
  return add(shape.centroid, add(scale(u, radius * Math.cos(angle)), scale(v, radius * Math.sin(angle))));
}
