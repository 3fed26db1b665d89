import { warning, type Warning } from '@contract/errors';
import type { Detector, GeometryFile, Preset } from '@contract/geometry';
import type { ScanFacts } from '@main/scan/types';

/** The preset's detector that a scan was taken with: by name, then by its frames' shape, then the first. */
export function chooseDetector(facts: ScanFacts, preset: Preset, file?: GeometryFile): Detector {
  const name = (file?.detector ?? facts.detectorName ?? '').toLowerCase();
  const named = preset.detectors.find(
    (d) => name !== '' && [d.name, ...d.aliases].some((n) => n.toLowerCase() === name),
  );
  const [rows, cols] = facts.frameShape;
  const fitting = preset.detectors.find((d) => d.shape[0] === rows && d.shape[1] === cols);
  return named ?? fitting ?? preset.detectors[0]!;
}

/** A detector as the frames show it. */
export interface FittedDetector {
  readonly detector: Detector;
  readonly warnings: readonly Warning[];
}

const MOST_BINNED = 8;
const SAME_PIXEL = 0.02;

/** How many of the detector's pixels went into one of the frames', the same in both directions; 1 where they are as they are. */
function binningOf(detector: Detector, [rows, cols]: readonly [number, number]): number | undefined {
  return Array.from({ length: MOST_BINNED }, (_, i) => i + 1).find(
    (bin) => Math.floor(detector.shape[0] / bin) === rows && Math.floor(detector.shape[1] / bin) === cols,
  );
}

/** Whether a region of that size holds a gap wherever on the detector it lies. */
function mustHoldGap({ shape, gaps }: Detector, [rows, cols]: readonly [number, number]): boolean {
  const widest = (axis: 0 | 1, side: 'rows' | 'cols', across: 'rows' | 'cols'): number => {
    const whole = gaps.filter((gap) => gap[across][0] <= 0 && gap[across][1] >= shape[axis === 0 ? 1 : 0]);
    const edges = whole.map((gap) => gap[side]).sort((a, b) => a[0] - b[0]);
    const starts = [0, ...edges.map(([, end]) => end)];
    const ends = [...edges.map(([start]) => start), shape[axis]];
    return Math.max(...starts.map((start, i) => ends[i]! - start));
  };
  return rows > widest(0, 'rows', 'cols') || cols > widest(1, 'cols', 'rows');
}

const micrometres = ([rows, cols]: readonly [number, number]): string =>
  rows === cols ? `${(rows * 1e6).toFixed(1)} um` : `${(rows * 1e6).toFixed(1)} x ${(cols * 1e6).toFixed(1)} um`;

/**
 * The detector as the frames show it: binned where their shape says so and no recorded pixel size contradicts it, and without
 * its gaps where the frames are a part of it that nobody told.
 * @param pixelM the pixel size that is recorded or given, if it is
 * @param regionKnown the frames' place on the detector is recorded or given
 */
export function fitDetector(
  detector: Detector,
  frameShape: readonly [number, number],
  pixelM: readonly [number, number] | undefined,
  regionKnown: boolean,
): FittedDetector {
  const [rows, cols] = frameShape;
  if (rows * cols === 0 || regionKnown) return { detector, warnings: [] };
  const bin = binningOf(detector, frameShape);
  if (bin === 1) return { detector, warnings: [] };
  const whole = `Frames of ${rows} x ${cols}, ${detector.name} has ${detector.shape.join(' x ')}`;
  const native = pixelM !== undefined && Math.abs(pixelM[0] / detector.pixelM[0] - 1) < SAME_PIXEL;
  if (bin === undefined || native) {
    const warnings = mustHoldGap(detector, frameShape) ? [warning('region-unknown', `${whole}.`)] : [];
    if (!pixelM) warnings.push(warning('pixel-assumed', `${whole}: a pixel of ${micrometres(detector.pixelM)}.`));
    return { detector: { ...detector, gaps: [] }, warnings };
  }
  const shrunk = ([from, to]: readonly [number, number]): [number, number] => [
    Math.floor(from / bin),
    Math.ceil(to / bin),
  ];
  const binned: Detector = {
    ...detector,
    shape: [rows, cols],
    pixelM: [bin * detector.pixelM[0], bin * detector.pixelM[1]],
    gaps: detector.gaps.map((gap) => ({ rows: shrunk(gap.rows), cols: shrunk(gap.cols) })),
  };
  if (pixelM) return { detector: binned, warnings: [] };
  const said = `${whole}: binned ${bin} x ${bin}, a pixel of ${micrometres(binned.pixelM)} instead of ${micrometres(detector.pixelM)}.`;
  return { detector: binned, warnings: [warning('binning-found', said)] };
}

/**
 * Pixels that never count: the detector's gaps (in the detector's own rows and columns, moved into the region of
 * interest that the frames hold), the gaps the scan's file lists, and the file's own mask.
 * @returns rows x cols, 1 = masked
 */
export function knownMask(
  facts: ScanFacts,
  detector: Detector,
  roiStart: readonly [number, number],
  fileMask: Uint8Array | undefined,
): Uint8Array {
  const [rows, cols] = facts.frameShape;
  const mask = fileMask?.length === rows * cols ? Uint8Array.from(fileMask) : new Uint8Array(rows * cols);
  const shifted = detector.gaps.map((gap) => ({
    rows: [gap.rows[0] - roiStart[0], gap.rows[1] - roiStart[0]] as const,
    cols: [gap.cols[0] - roiStart[1], gap.cols[1] - roiStart[1]] as const,
  }));
  for (const gap of [...shifted, ...(facts.gaps ?? [])]) {
    for (let r = Math.max(0, gap.rows[0]); r < Math.min(rows, gap.rows[1]); r++) {
      mask.fill(
        1,
        r * cols + Math.max(0, Math.min(cols, gap.cols[0])),
        r * cols + Math.max(0, Math.min(cols, gap.cols[1])),
      );
    }
  }
  return mask;
}
