import type { Feature } from '@renderer/shell/feature';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import CandidatesPanel from './CandidatesPanel.svelte';
import { particlesKeys } from './keys';
import { provideWorklist, useWorklist, Worklist } from './worklist.svelte';

/** Which particles to measure next. */
export const particles: Feature = {
  panels: { overview: CandidatesPanel },
  provide: () => void provideWorklist(new Worklist(usePreferences())),
  keys: () => particlesKeys(usePreferences(), useWorklist()),
};
