import { thumbnailEdge, type LookAlikes } from '@contract/look-alikes';
import type { ScanSummary } from '@contract/scan';
import { thumbnail } from '@core/verdict/look-alikes';
import { syntheticVolume } from './patterns';
import type { DefectClass } from '@vocabulary/classes';

const picture = (of: DefectClass, seed: number): Uint8Array =>
  thumbnail(new Float32Array(syntheticVolume(of, seed).intensity.buffer), thumbnailEdge);

/** Five patterns, nearest first: of the verdict's class unless others are asked for. */
export function fakeLookAlikes(
  { id, verdict }: ScanSummary,
  classes: readonly DefectClass[] = Array<DefectClass>(5).fill(verdict!.class),
  nearest = 0.31,
): LookAlikes {
  return {
    model: '4f1d08c2aa93e1b7',
    among: 240,
    agreement: 0.946,
    scan: picture(verdict!.class, Number(id.slice(5))),
    nearest: classes.map((of, n) => ({
      distance: nearest + 0.07 * n,
      thumbnail: picture(of, 3 * n + 1),
      pattern: {
        class: of,
        set: n % 2 ? 'models-2' : 'models',
        line: 1200 + 37 * n,
        crystal: 120 + n,
        element: n % 2 ? 'Au' : 'Pt',
        hkl: n % 3 ? [1, -1, 1] : [0, 0, 2],
        sizeNm: 7.8 + 0.4 * n,
        ...(of !== 'perfect' && { placement: n % 2 ? ('RPD' as const) : ('CD' as const), depth: 0.41 - 0.06 * n }),
        strainRad: 0.4 + 0.2 * n,
        counts: 5200 * (n + 1) ** 2,
        oversampling: 3.2 + 0.3 * n,
      },
    })),
  };
}
