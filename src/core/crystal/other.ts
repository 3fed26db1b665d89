import { add, cross, dot, normalise, scale, type Vec3 } from '@core/math/vector';
import type { RandomStream } from '@core/random/stream';
import { lineDepth } from './depth';
import { sum, type DisplacementField } from './displacement';
import { dislocationField } from './dislocation';
import { loopField, regularPolygon } from './loop';
import { shockleyVectors } from './partials';
import { anywhere } from './placement';
import { halfTwin, shiftBeyond, sharedByTwin, twinLamella, type Absence } from './planar';
import { octahedral, type CrystalShape } from './shape';
import { burgersVectors, glidePlanes, lineDirection } from './slip';

/** Defects other than one whole dislocation. */
export const otherKinds = [
  'frank-loop',
  'prismatic-loop',
  'stacking-fault',
  'partial',
  'twin-lamella',
  'half-twin',
  'pair-equal',
  'pair-opposite',
  'several',
] as const;
export type OtherKind = (typeof otherKinds)[number];

/** One line of several. */
export interface LinePlan {
  /** Cell edges. */
  readonly burgers: Vec3;
  readonly glideNormal: Vec3;
  readonly characterDeg: number;
}

/** What a defect is made of, before it has a place. */
export interface OtherPlan {
  readonly kind: OtherKind;
  /** Unit normal of the plane of a fault, twin or loop. */
  readonly normal: Vec3;
  /** Burgers vector of a loop or partial, shift of a fault or of a twin's layer; cell edges. */
  readonly burgers: Vec3;
  /** The dislocations of a pair, or of several. */
  readonly lines?: readonly LinePlan[];
}

const isFraction = (x: number): boolean => Math.abs(x - Math.round(x)) > 1e-6;

function drawLine(random: RandomStream): LinePlan {
  const burgers = random.pick(burgersVectors);
  return { burgers, glideNormal: random.pick(glidePlanes(burgers)), characterDeg: random.uniform(0, 180) };
}

/** Draws which planes and Burgers vectors a defect has. */
export function drawOther(kind: OtherKind, random: RandomStream): OtherPlan {
  const normal = normalise(random.pick(octahedral));
  const shockley = random.pick(shockleyVectors(normal));
  switch (kind) {
    case 'frank-loop':
      return { kind, normal, burgers: scale(normal, (random.uniform() < 0.5 ? -1 : 1) / Math.sqrt(3)) };
    case 'prismatic-loop': {
      const burgers = random.pick(burgersVectors);
      // On the plane across b, or on a {111} that b does not lie in, as loops that grew from Frank's.
      const planes = [normalise(burgers), ...octahedral.map(normalise).filter((n) => dot(n, burgers) > 0.1)];
      return { kind, normal: random.uniform() < 0.5 ? planes[0]! : random.pick(planes), burgers };
    }
    case 'stacking-fault':
    case 'partial':
    case 'twin-lamella':
    case 'half-twin':
      return { kind, normal, burgers: shockley };
    case 'several':
      return {
        kind,
        normal,
        burgers: [0, 0, 0],
        lines: Array.from({ length: 2 + random.integer(3) }, () => drawLine(random)),
      };
    case 'pair-equal':
    case 'pair-opposite': {
      const line = drawLine(random);
      const sign = kind === 'pair-equal' ? 1 : -1;
      return { kind, normal, burgers: line.burgers, lines: [line, { ...line, burgers: scale(line.burgers, sign) }] };
    }
  }
}

/** Whether a reflection shows a defect as what it is: of several dislocations at least two; a half twin, where it shows half a crystal. */
export function showsOther({ kind, normal, burgers, lines = [] }: OtherPlan, hkl: Vec3): boolean {
  switch (kind) {
    case 'frank-loop':
    case 'prismatic-loop':
      return Math.abs(dot(hkl, burgers)) > 1e-6;
    case 'stacking-fault':
    case 'partial':
      return isFraction(dot(hkl, burgers));
    case 'twin-lamella':
    case 'half-twin':
      return !sharedByTwin(hkl, normal);
    default:
      return lines.filter((line) => Math.round(dot(hkl, line.burgers)) !== 0).length > 1;
  }
}

export interface PlacedOther {
  readonly field: DisplacementField;
  readonly absent?: Absence;
  /** Largest depth of its lines, or of its plane's middle, below the surface, in sizes. */
  readonly depth: number;
  /** Radius of a loop, thickness of a lamella, distance of a pair, in sizes; absent where there is none. */
  readonly extent?: number;
}

/** Of loops, in sizes: a smaller one hardly changes a pattern. */
const RADIUS: readonly [number, number] = [0.18, 0.5];
const LAMELLA: readonly [number, number] = [0.03, 0.3];
const APART: readonly [number, number] = [0.12, 0.6];
/** A plane that lies nearer to the surface than this cuts off a corner and no more. */
const LEAST_DEPTH = 0.12;

/** A point anywhere that is at least so deep, angstrom; the deepest of many where none is. */
function deepPoint(shape: CrystalShape, least: number, random: RandomStream): Vec3 {
  let best = anywhere(shape, random);
  for (let tries = 0; tries < 100 && -shape.signedDistance(...best) < least; tries++) {
    const next = anywhere(shape, random);
    if (shape.signedDistance(...next) < shape.signedDistance(...best)) best = next;
  }
  return best;
}

interface Material {
  /** True cell edge, angstrom, whatever the atoms stand for. */
  readonly latticeAngstrom: number;
  readonly poisson: number;
}

/** Gives a defect its place in a body. */
export function placeOther(
  plan: OtherPlan,
  shape: CrystalShape,
  { latticeAngstrom: a, poisson }: Material,
  random: RandomStream,
): PlacedOther {
  const { kind, normal, lines = [] } = plan;
  const size = Math.cbrt(shape.volume);
  const burgers = scale(plan.burgers, a);
  const point = deepPoint(shape, LEAST_DEPTH * size, random);
  const depth = -shape.signedDistance(...point) / size;
  switch (kind) {
    case 'frank-loop':
    case 'prismatic-loop': {
      const radius = size * random.uniform(...RADIUS);
      const corners = regularPolygon(point, normal, radius, random.uniform() < 0.4 ? 6 : 16);
      return { field: loopField({ burgers, corners, poisson }), depth, extent: radius / size };
    }
    case 'stacking-fault':
      return { field: shiftBeyond(point, normal, burgers), depth };
    case 'partial': {
      const line = lineDirection(plan.burgers, normal, random.uniform(0, 180));
      const field = dislocationField({ burgers, line, glideNormal: normal, point, poisson });
      return { field, depth: lineDepth(shape, point, line) / size };
    }
    case 'twin-lamella': {
      const spacing = a / Math.sqrt(3);
      const layers = Math.max(1, Math.round((size * random.uniform(...LAMELLA)) / spacing));
      // Thin ones show by their shift alone, which three layers in a row do not have.
      const shifted = layers % 3 === 0 && layers * spacing < 0.1 * size ? layers + 1 : layers;
      const twin = twinLamella(point, normal, shifted, burgers, spacing);
      return { ...twin, depth, extent: (shifted * spacing) / size };
    }
    case 'half-twin':
      return { field: () => undefined, absent: halfTwin(point, normal), depth };
    default:
      return placeLines(kind, lines, shape, { latticeAngstrom: a, poisson }, point, random);
  }
}

function placeLines(
  kind: OtherKind,
  lines: readonly LinePlan[],
  shape: CrystalShape,
  { latticeAngstrom, poisson }: Material,
  point: Vec3,
  random: RandomStream,
): PlacedOther {
  const size = Math.cbrt(shape.volume);
  const apart = random.uniform(...APART);
  const placed = lines.map(({ burgers, glideNormal, characterDeg }, n) => {
    const line = lineDirection(burgers, glideNormal, characterDeg);
    // A pair runs side by side, any way across the line.
    const u = normalise(cross(line, random.unitVector()));
    const partner = deepest([add(point, scale(u, apart * size)), add(point, scale(u, -apart * size))], shape);
    const own = n === 0 ? point : kind === 'several' ? deepPoint(shape, LEAST_DEPTH * size, random) : partner;
    const field = dislocationField({
      ...{ burgers: scale(burgers, latticeAngstrom), line, glideNormal, point: own, poisson },
      // Pairs of opposite sign are cut on the same side, so that far from both nothing is moved.
      ...(kind !== 'several' && { ahead: cross(glideNormal, line) }),
    });
    return { field, depth: lineDepth(shape, own, line) / size };
  });
  return {
    field: sum(placed.map(({ field }) => field)),
    depth: Math.min(...placed.map((p) => p.depth)),
    ...(kind !== 'several' && { extent: apart }),
  };
}

const deepest = (points: readonly Vec3[], shape: CrystalShape): Vec3 =>
  points.reduce((best, p) => (shape.signedDistance(...p) < shape.signedDistance(...best) ? p : best));
