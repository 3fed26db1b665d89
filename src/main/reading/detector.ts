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
