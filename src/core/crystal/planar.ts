import { dot, type Vec3 } from '@core/math/vector';
import type { DisplacementField } from './displacement';

/** Whether the lattice that a reflection sees is absent at a place. */
export type Absence = (x: number, y: number, z: number) => boolean;

/** What a planar fault is, as one reflection sees it. */
export interface PlanarFault {
  readonly field: DisplacementField;
  readonly absent?: Absence;
}

/** All beyond a plane moved by a vector: a stacking fault where it is a Shockley vector and the plane its {111}. */
export function shiftBeyond(point: Vec3, normal: Vec3, shift: Vec3): DisplacementField {
  const level = dot(point, normal);
  return (x, y, z, out) => {
    if (normal[0] * x + normal[1] * y + normal[2] * z <= level) return;
    out[0]! += shift[0];
    out[1]! += shift[1];
    out[2]! += shift[2];
  };
}

/** Whether parent and {111} twin share this reflection: its node lies on both lattices, so that no twin of this plane shows. */
export const sharedByTwin = (hkl: Vec3, normal: Vec3): boolean =>
  Math.round(dot(hkl, [Math.sign(normal[0]), Math.sign(normal[1]), Math.sign(normal[2])])) % 3 === 0;

/**
 * A {111} twin lamella from surface to surface. Each of its layers shifts all beyond it by one Shockley vector, as when partials sweep plane
 * after plane (J. W. Christian, S. Mahajan, Prog. Mater. Sci. 39 (1995) 1); its own lattice scatters elsewhere: a third of a {111} node's
 * distance away, which no pattern of a crystal of measurable size reaches.
 * @param layers {111} layers of the lamella
 * @param shockley shift of a layer, angstrom
 * @param spacing of {111} layers, angstrom
 */
export function twinLamella(
  point: Vec3,
  normal: Vec3,
  layers: number,
  shockley: Vec3,
  spacing: number,
): Required<PlanarFault> {
  const from = dot(point, normal);
  const to = from + layers * spacing;
  const depth = (x: number, y: number, z: number): number => normal[0] * x + normal[1] * y + normal[2] * z;
  return {
    absent: (x, y, z) => {
      const d = depth(x, y, z);
      return d > from && d <= to;
    },
    field: (x, y, z, out) => {
      if (depth(x, y, z) <= to) return;
      // Whole lattice vectors every three layers; the sum is kept small for the sake of q . u away from the peak.
      const times = layers % 3;
      out[0]! += times * shockley[0];
      out[1]! += times * shockley[1];
      out[2]! += times * shockley[2];
    },
  };
}

/** Half a crystal grown as a twin: for a reflection that only the other half has, there is nothing beyond the plane. */
export function halfTwin(point: Vec3, normal: Vec3): Absence {
  const level = dot(point, normal);
  return (x, y, z) => normal[0] * x + normal[1] * y + normal[2] * z > level;
}
