import { norm, scale, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import type { DisplacementField } from './displacement';

export interface StrainOptions {
  /** Length the field varies over, angstrom: about the crystal's size. */
  readonly size: number;
  /** Reflection, 1/angstrom, with the 2 pi. */
  readonly g: Vec3;
  /** Largest phase |g . u| anywhere, radian. */
  readonly phase: number;
  /** Number of waves, 4 when left out. */
  readonly terms?: number;
}

/**
 * A smooth random displacement, the kind that substrate, facets and temperature leave in a crystal without a defect: a few
 * plane waves of half a period to one and a half across the crystal. The phase seen at `g` never exceeds `phase`.
 */
export function smoothStrain(options: StrainOptions, random: RandomStream): DisplacementField {
  const { size, g, phase, terms = 4 } = options;
  const amplitude = phase / norm(g) / terms;
  const waves = Array.from({ length: terms }, () => ({
    k: scale(random.unitVector(), (2 * Math.PI * random.uniform(0.5, 1.5)) / size),
    u: scale(random.unitVector(), amplitude),
    start: random.uniform(0, 2 * Math.PI),
  }));
  return (x, y, z, out) => {
    for (const { k, u, start } of waves) {
      const s = Math.cos(k[0] * x + k[1] * y + k[2] * z + start);
      out[0]! += u[0] * s;
      out[1]! += u[1] * s;
      out[2]! += u[2] * s;
    }
  };
}
