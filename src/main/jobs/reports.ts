import type { Explanation } from '@contract/explanation';
import type { SimulationState } from '@contract/simulation';
import type { TrainingState } from '@contract/training';
import type { JobNews } from './board';

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
 * Likewise the map of what a verdict rests on.
 * @param name of the scan
 */
export function explanationNews({ status, map, problem }: Explanation, name: string): JobNews | null {
  if (status === 'idle') return null;
  const now = status === 'paused' ? 'stopped' : status;
  return { kind: 'explanation', name, status: now, problem, ...(map && { done: map.done, total: map.total }) };
}
