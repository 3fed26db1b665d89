import type { Feature } from '@renderer/shell/feature';
import { useConnection } from '@renderer/shell/state/connection';
import { useComparison } from '@renderer/shell/state/comparison.svelte';
import { usePreferences } from '@renderer/shell/state/preferences.svelte';
import { useQueue } from '@renderer/shell/state/queue.svelte';
import CandidatesPanel from './CandidatesPanel.svelte';
import { particlesKeys } from './keys';
import { ParticleView, provideParticle, useParticle } from './particle.svelte';
import ParticlePanel from './ParticlePanel.svelte';
import { provideRepeats, Repeats } from './repeats.svelte';
import { provideWorklist, useWorklist, Worklist } from './worklist.svelte';

/** Which scans are of one particle, and which particles to measure next. */
export const particles: Feature = {
  panels: { overview: CandidatesPanel, verdict: ParticlePanel },
  provide() {
    provideWorklist(new Worklist(usePreferences()));
    provideParticle(new ParticleView(useConnection()));
    provideRepeats(new Repeats(useConnection(), useComparison()));
  },
  keys: () => particlesKeys(usePreferences(), useWorklist(), useParticle(), useQueue()),
};
