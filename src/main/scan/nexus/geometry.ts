import { join } from 'node:path/posix';
import { add, apply, invert, normalise, scale, type Vec3 } from '@core/math/vector';
import type { Hdf5File } from '@main/hdf5/file';
import type { RecordedGeometry, ScanFacts } from '../types';
import { chainOf, type Step } from './chain';
import { ofClass } from './entry';

type Recorded = Pick<ScanFacts, 'transformations' | 'distanceM' | 'directBeam' | 'pixelM'> & {
  readonly positions: Readonly<Record<string, number | Float64Array>>;
};

const STILL_DEG = 1e-9;

/** A module's pixels, as NXdetector_module has them. */
interface Module {
  readonly slow: Step;
  readonly fast: Step;
  /** From the first pixel outwards. */
  readonly chain: readonly Step[];
}

function moduleOf(file: Hdf5File, detector: string): Module | undefined {
  const group = ofClass(file, detector, 'NXdetector_module')[0] ?? join(detector, 'module');
  const named = (name: string): Step | undefined => chainOf(file, group, join(group, name))?.[0];
  const fast = named('fast_pixel_direction');
  const slow = named('slow_pixel_direction');
  if (!fast || !slow) return undefined;
  const behind = chainOf(file, fast.path, file.attribute(fast.path, 'depends_on'));
  const chain = behind && behind.length > 0 ? behind : chainOf(file, detector, file.text(join(detector, 'depends_on')));
  return chain && { fast, slow, chain };
}

/** Where the first pixel is with all circles at zero, and the circles outside of it; undefined where a circle does not turn about the sample. */
function unwind(chain: readonly Step[], first: Vec3): { origin: Vec3; circles: readonly Step[] } | undefined {
  let origin = first;
  let circles: Step[] = [];
  for (const step of chain) {
    const moves = step.rotates ? step.offset : add(step.offset, scale(step.vector, step.values[0] ?? 0));
    const away = Math.hypot(...moves) > 0;
    if (away && circles.some(({ values }) => values.some((deg) => Math.abs(deg) > STILL_DEG))) return undefined;
    if (away) circles = [];
    origin = add(origin, moves);
    if (step.rotates) circles.push(step);
  }
  return { origin, circles: circles.reverse() };
}

/**
 * The diffractometer that a NeXus file describes by its own vectors: the sample's circles, the detector's, the directions of its
 * pixels, and where the straight beam meets its plane. The beam runs along z, as NeXus has it; nothing else of its frame is assumed.
 * @returns undefined where the file has no such chains, or circles that do not turn about the sample
 */
export function recordedGeometry(file: Hdf5File, entry: string, detector: string): Recorded | undefined {
  const sample = ofClass(file, entry, 'NXsample')[0] ?? join(entry, 'sample');
  const sampleChain = chainOf(file, sample, file.text(join(sample, 'depends_on')));
  const pixels = moduleOf(file, detector);
  if (!sampleChain?.some(({ rotates }) => rotates) || !pixels) return undefined;
  const { slow, fast, chain } = pixels;
  const unwound = unwind(chain, add(slow.offset, fast.offset));
  if (!unwound) return undefined;
  const pitch = [Math.abs(slow.values[0] ?? 0), Math.abs(fast.values[0] ?? 0)] as const;
  const directions: RecordedGeometry['directions'] = [
    normalise(scale(slow.vector, Math.sign(slow.values[0] ?? 1))),
    normalise(scale(fast.vector, Math.sign(fast.values[0] ?? 1))),
  ];
  // origin + row pitch slow + col pitch fast = distance beam
  const [down, across] = [scale(directions[0], pitch[0]), scale(directions[1], pitch[1])];
  const solve = invert([
    [down[0], across[0], 0],
    [down[1], across[1], 0],
    [down[2], across[2], -1],
  ]);
  if (!solve) return undefined;
  const [row, col, distance] = apply(solve, scale(unwound.origin, -1));
  const sampleCircles = sampleChain.filter(({ rotates }) => rotates).reverse();
  const names = nameCircles([...sampleCircles, ...unwound.circles]);
  const recorded = (step: Step): RecordedGeometry['sample'][number] => ({
    motor: names.get(step.path)!,
    vector: step.vector,
  });
  return {
    transformations: {
      sample: sampleCircles.map(recorded),
      detector: unwound.circles.map(recorded),
      directions,
    },
    positions: Object.fromEntries(
      [...sampleCircles, ...unwound.circles].map(({ path, values }) => [
        names.get(path)!,
        values.length === 1 ? values[0]! : values,
      ]),
    ),
    pixelM: pitch,
    ...(distance > 0 && { distanceM: distance, directBeam: [row, col] as const }),
  };
}

/** Circles by their datasets' names; those that share one by their paths. */
function nameCircles(steps: readonly Step[]): ReadonlyMap<string, string> {
  const often = (name: string): boolean =>
    new Set(steps.filter((step) => step.name === name).map(({ path }) => path)).size > 1;
  return new Map(steps.map(({ name, path }) => [path, often(name) ? path : name]));
}
