import { dislocationField } from '@core/crystal/dislocation';
import { sum, type DisplacementField } from '@core/crystal/displacement';
import { elements, poissonRatio } from '@core/crystal/elements';
import { winterbottom, type CrystalShape } from '@core/crystal/shape';
import { glidePlanes, lineDirection } from '@core/crystal/slip';
import { smoothStrain } from '@core/crystal/strain';
import { drawStrain, scaledToPhase } from '@core/crystal/strain-kinds';
import { vary } from '@core/crystal/variation';
import type { Target } from '@core/detector/forward';
import { add, cross, normalise, scale, type Vec3 } from '@core/math/vector';
import { stream, type RandomStream } from '@core/random/stream';
import { createContinuumCrystal } from '@core/scatter/continuum';
import type { ScanSpec } from './spec';

/** A simulated nanocrystal at its reflection. */
export interface Particle extends Pick<Target, 'g' | 'amplitude' | 'reach'> {
  /** Edge of the cube as large as the crystal, angstrom: what fringe spacings are counted in. */
  readonly sizeAngstrom: number;
}

/** Burgers vector in cell edges, as in the paper. */
export const BURGERS: Vec3 = [0.5, -0.5, 0];
const CHARACTER_DEG = { screw: 0, edge: 90 } as const;
/** Height over the free shape's that the substrate leaves, as in the paper. */
const HEIGHT: readonly [number, number] = [0.65, 0.75];
/** Streaks are followed this far; a volume of 64 voxels ends before. */
const REACH_FRINGES = 12;

/** Of the size: a line that runs nearer to the surface than this is hardly in the crystal. */
const LEAST_DEPTH = 0.1;

/** A point so far from the centre of volume, or nearer where a body's irregular surface is nearer than that. */
function inside(shape: CrystalShape, direction: Vec3, distance: number): Vec3 {
  const point = add(shape.centroid, scale(direction, distance));
  const depth = -shape.signedDistance(...point);
  return depth >= LEAST_DEPTH * Math.cbrt(shape.volume) || distance < 1
    ? point
    : inside(shape, direction, distance / 2);
}

function dislocation(
  spec: ScanSpec,
  character: 'screw' | 'edge',
  shape: CrystalShape,
  draw: RandomStream,
): DisplacementField {
  const { roomLatticeAngstrom: latticeAngstrom, elasticGpa } = elements[spec.element];
  const sign = draw.uniform() < 0.5 ? -1 : 1;
  const planes = glidePlanes(BURGERS);
  const glideNormal = planes[draw.integer(planes.length)]!;
  const line = lineDirection(BURGERS, glideNormal, CHARACTER_DEG[character]);
  const aside = normalise(cross(line, draw.unitVector()));
  return dislocationField({
    burgers: scale(BURGERS, sign * latticeAngstrom),
    line,
    glideNormal,
    point: inside(shape, aside, spec.offCentre * shape.lateral),
    poisson: poissonRatio(elasticGpa),
  });
}

/** Places all over a body, along each axis of its box. */
const PLACES = 12;

function placesIn({ min, max, contains }: CrystalShape): Float64Array {
  const at = (axis: 0 | 1 | 2, n: number): number => min[axis] + ((n + 0.5) / PLACES) * (max[axis] - min[axis]);
  const all = Array.from({ length: PLACES ** 3 }, (_, n): Vec3 => [
    at(0, Math.floor(n / PLACES ** 2)),
    at(1, Math.floor(n / PLACES) % PLACES),
    at(2, n % PLACES),
  ]);
  return Float64Array.from(all.filter((place) => contains(...place)).flat());
}

/** The smooth strain of a crystal, whatever else is in it. */
function strain(spec: ScanSpec, shape: CrystalShape, g: Vec3, draw: RandomStream): DisplacementField {
  if (!spec.bent) return smoothStrain({ size: shape.lateral, g, phase: spec.strainRad }, draw);
  const body = { centroid: shape.centroid, facets: shape.facets, size: Math.cbrt(shape.volume) };
  const field = drawStrain('bending', body, g, poissonRatio(elements[spec.element].elasticGpa), draw);
  return scaledToPhase(field, placesIn(shape), g, spec.strainRad);
}

/** The nanocrystal of a scan: a Winterbottom shape as it has grown, smoothly strained, with the dislocation that the spec names. */
export function createParticle(spec: ScanSpec): Particle {
  const draw = stream(spec.seed, 'particle');
  const g = scale(spec.hkl, (2 * Math.PI) / elements[spec.element].roomLatticeAngstrom);
  const interfaceIndex = draw.integer(8);
  const ideal = winterbottom({
    element: spec.element,
    lateral: 10 * spec.lateralNm,
    interfaceIndex,
    height: draw.uniform(...HEIGHT),
  });
  const shape = spec.grown ? vary(ideal, spec.grown, stream(spec.seed, 'grown'), interfaceIndex) : ideal;
  const fields = [strain(spec, shape, g, draw)];
  if (spec.defect !== 'perfect') fields.push(dislocation(spec, spec.defect, shape, draw));
  const crystal = createContinuumCrystal({ shape, displacement: sum(fields), g, points: spec.points });
  const sizeAngstrom = Math.cbrt(shape.volume);
  const reach = Math.min((REACH_FRINGES * 2 * Math.PI) / sizeAngstrom, crystal.reach);
  return { g, amplitude: crystal.amplitude, reach, sizeAngstrom };
}
