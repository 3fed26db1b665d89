import { surfaceNets, type Surface } from '@renderer/drawing/surface/nets';
import { joined, smoothed, tubeOf } from './tube';
import type { Solid } from './solid';

/** Of a line's tube, in parts of the body's reach: as thick in a small crystal as in a large one. */
const thickness = 0.035;

/** A body's surface where the modulus has a part of its largest. */
export const bodySurface = ({ modulus, shape }: Solid, level: number): Surface => surfaceNets(modulus, shape, level, 0);

/** All of its lines as tubes. */
export const bodyLines = ({ lines, bounds }: Solid): Surface =>
  joined(
    lines.flatMap(({ points }) => (points.length > 1 ? [tubeOf(smoothed(points), thickness * bounds.reach)] : [])),
  );
