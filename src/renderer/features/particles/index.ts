import type { Feature } from '@renderer/shell/feature';
import CandidatesPanel from './CandidatesPanel.svelte';

/** Which particles to measure next. */
export const particles: Feature = {
  panels: { overview: CandidatesPanel },
};
