import { createContext } from 'svelte';
import type { OpenScan } from './open-scan.svelte';
import type { Queue } from './queue.svelte';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';

/** What the cuts of the view in front show: a measured scan's volume, or a simulated pattern. */
export interface Sight {
  /** null while there is none, or not yet. */
  readonly volume: PreparedVolume | null;
  readonly loading: boolean;
  /** As figures are headed. */
  readonly title: string;
}

/** Of the views of measured scans. */
export const watchSight = (open: OpenScan, queue: Queue): Sight => ({
  get volume() {
    return open.volume;
  },
  get loading() {
    return open.loading;
  },
  get title() {
    const scan = queue.selected;
    return [scan?.scan, scan?.title].filter(Boolean).join(' ');
  },
});

export const [useSight, provideSight] = createContext<Sight>();
