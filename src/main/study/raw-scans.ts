import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { BraggwatchError } from '@contract/errors';
import { answersSchema } from '@contract/geometry';
import { floatsOf } from '@contract/floats';
import { reduceSource } from '@main/reading/reduce-scan';
import { beamline } from '@main/demo/beamline';
import { writeScan } from '@main/demo/fixture';
import type { ScanSpec } from '@main/demo/spec';
import { blissReader } from '@main/scan/bliss';
import { encodeNpy } from '@main/files/npy';
import { listScans, scanName, scanPath } from './scan-list';
import { drawGrowth, drawRawScan } from './raw-spec';

export interface RawScanOptions {
  readonly scans: number;
  readonly seed: number;
  /** Bodies as irregular as measured ones, in place of Winterbottom's. */
  readonly irregular?: boolean;
  /** Makes only the scans with index % of === part, so that several processes share the work. */
  readonly share?: { readonly part: number; readonly of: number };
  readonly signal?: AbortSignal;
  onProgress?(done: number, of: number): void;
}

const SIDE = 64;

/** Everything of a spec that says what was measured; the rest is how the detector stood. */
function factsOf(spec: ScanSpec): object {
  const { defect, element, hkl, lateralNm, offCentre, strainRad, peakCounts, background, energyEv, frames } = spec;
  return {
    label: defect,
    element,
    hkl,
    lateralNm,
    offCentre,
    strainRad,
    peakCounts,
    background,
    energyEv,
    frames,
    ...(spec.grown && { grown: spec.grown }),
  };
}

/** Writes a scan as the beamline would, reads it as the app does, and reduces it. */
function makeScan(spec: ScanSpec): { volume: Float32Array; facts: object } {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-raw-'));
  try {
    const { master } = writeScan(folder, spec);
    const source = blissReader.open({ source: master, number: spec.number, format: 'bliss' });
    try {
      const reduced = reduceSource(source, {
        preset: beamline,
        answers: answersSchema.parse({}),
        method: 'linear',
        frame: 'q',
      });
      const { oversampling, peak, dAngstrom, voxelInvAngstrom } = reduced.reduction;
      const warnings = reduced.warnings.map(({ code }) => code);
      return {
        volume: floatsOf(reduced.volume.intensity),
        facts: { ...factsOf(spec), oversampling, peak, d_angstrom: dAngstrom, dq: voxelInvAngstrom, warnings },
      };
    } finally {
      source.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes a data set for `evaluate` out of raw scans pushed through the whole reduction; goes on where a killed run stopped. Scans that the
 * reduction refuses are kept in `scans/` with the reason and are not part of the set.
 * @returns how many were reduced and how many were refused, by code
 */
export async function makeRawScans(
  outDir: string,
  options: RawScanOptions,
): Promise<{ reduced: number; refused: Record<string, number> }> {
  const { scans, seed, irregular, share = { part: 0, of: 1 } } = options;
  mkdirSync(join(outDir, 'scans'), { recursive: true });
  for (let index = share.part; index < scans; index += share.of) {
    await setImmediate();
    options.signal?.throwIfAborted();
    options.onProgress?.(index, scans);
    if (existsSync(scanPath(outDir, index))) continue;
    const drawn = drawRawScan(seed, index);
    const spec = irregular ? { ...drawn, grown: drawGrowth(seed, index) } : drawn;
    let record: object;
    try {
      const { volume, facts } = makeScan(spec);
      const bytes = encodeNpy({ shape: [1, SIDE, SIDE, SIDE], data: volume });
      await writeFileAtomic(join(outDir, `patterns-${scanName(index)}.npy`), Buffer.from(bytes));
      record = { crystal: index, split: 'test', seed, ...facts };
    } catch (error) {
      if (!(error instanceof BraggwatchError)) throw error;
      record = { crystal: index, seed, refused: error.code, ...factsOf(spec) };
    }
    await writeFileAtomic(scanPath(outDir, index), JSON.stringify(record));
  }
  return listScans(outDir, scans);
}
