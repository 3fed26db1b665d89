import { exportedScanSchema, type ExportedParticle, type ExportedScan, type ExportOnly } from '@contract/export';
import { isDefective } from '@contract/standing';
import type { JudgedParticle } from '@main/beamtime/particle';
import type { LedgerRow } from '@main/ledger/row';
import { isDefectSure } from '@vocabulary/doubts';

/** Whether a row belongs into an export; who overruled a class decides whether it counts as defective. */
export function isWanted(row: LedgerRow, only: ExportOnly = 'all'): boolean {
  if (only === 'flagged') return row.flagged !== 0;
  return only === 'all' || isDefective(row);
}

/** What exports tell of the particle of each scan, by the scan's id. */
export const exportedParticles = (all: readonly JudgedParticle[]): ReadonlyMap<string, ExportedParticle> =>
  new Map(
    all.flatMap(({ rows, told }) => {
      const particle = {
        id: rows[0]!.id,
        scans: rows.length,
        ...(told && { class: told.class, sure: told.sure, byHand: told.byHand }),
      };
      return rows.map(({ id }) => [id, particle] as const);
    }),
  );

/** A row of the ledger as exports tell of it; what is not known is left out. */
export function exportedScan(row: LedgerRow, particle?: ExportedParticle): ExportedScan {
  const { verdict, line, overruled, problem, position, truth } = row;
  return exportedScanSchema.parse({
    id: row.id,
    scan: row.name,
    source: row.source,
    format: row.format,
    state: row.state,
    title: row.title,
    ...(verdict && {
      class: verdict.class,
      probabilities: verdict.probabilities,
      defective: verdict.defective,
      sure: verdict.sure,
      defectSure: isDefectSure(verdict),
      ...(verdict.early !== undefined && { early: verdict.early }),
      ...(verdict.novelty !== undefined && { novelty: verdict.novelty }),
      ...(verdict.inside && { inside: verdict.inside }),
      ...(verdict.doubts && { doubts: verdict.doubts }),
      ...(verdict.beside && { beside: verdict.beside }),
    }),
    ...(overruled && { overruled }),
    ...(row.plan && { plan: row.plan }),
    ...(particle && { particle }),
    ...(problem && { problem }),
    ...(line?.hkl !== undefined && { hkl: line.hkl }),
    ...(line?.reduction && {
      q: line.reduction.q,
      dAngstrom: line.reduction.dAngstrom,
      oversampling: line.reduction.oversampling,
      voxelInvAngstrom: line.reduction.voxelInvAngstrom,
      frames: line.reduction.frames,
      peak: line.reduction.peak,
      method: line.reduction.method,
    }),
    ...(line?.engine !== undefined && { engine: line.engine }),
    ...(row.sample && { sample: row.sample }),
    ...(row.preset && { preset: row.preset }),
    ...(row.geometry.length > 0 && { geometry: row.geometry }),
    ...(row.warnings.length > 0 && { warnings: row.warnings }),
    ...(row.nexus !== null && { result: row.nexus }),
    ...(line?.model && { model: line.model }),
    flagged: row.flagged !== 0,
    note: row.note,
    ...(position?.readings && { positions: position.readings }),
    ...(truth && { truth }),
    ...(row.startedAt && { startedAt: row.startedAt }),
    seenAt: row.seenAt,
    ...(row.judgedAt && { judgedAt: row.judgedAt }),
  });
}
