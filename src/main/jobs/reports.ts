import type { OcclusionState } from '@contract/occlusion';
import type { SimulationState } from '@contract/simulation';
import type { TrainingState } from '@contract/training';
import type { JobNews } from './board';
import type { JobState } from './job';

/** Retrievals of one crystal, done and wanted. */
export interface InsideProgress {
  readonly done: number;
  readonly total: number;
}

/** The app's simulation as a line of the job list; null where none was ever started. */
export function simulationNews({ status, folder, name, progress, problem }: SimulationState): JobNews | null {
  if (status === 'idle') return null;
  const counts = progress && { done: progress.crystals, total: progress.ofCrystals, secondsLeft: progress.secondsLeft };
  return { kind: 'simulation', name, folder, status, problem, ...counts };
}

/** Likewise its training. */
export function trainingNews({ status, folder, network, progress, problem }: TrainingState): JobNews | null {
  if (status === 'idle') return null;
  const counts = progress && { done: progress.step, total: progress.steps, secondsLeft: progress.secondsLeft };
  return { kind: 'training', name: network, folder, status, problem, ...counts };
}

/**
 * Likewise its occlusion map.
 * @param name of the scan
 */
export function occlusionNews({ status, map, problem }: OcclusionState, name: string): JobNews | null {
  if (status === 'idle') return null;
  const now = status === 'paused' ? 'stopped' : status;
  return { kind: 'occlusion', name, status: now, problem, ...(map && { done: map.done, total: map.total }) };
}

/**
 * Likewise the looking into crystals.
 * @param name of the scan
 */
export function insideNews({ status, about, problem }: JobState<InsideProgress>, name: string): JobNews | null {
  if (status === 'idle') return null;
  const now = status === 'paused' ? 'stopped' : status;
  const counts = about.total > 0 && { done: Math.floor(about.done), total: about.total };
  return { kind: 'retrieval', name, status: now, problem, ...counts };
}
