import type { Snippet } from 'svelte';
import type { ScanDetail, ScanSummary } from '@contract/scan';
import type { Verdict } from '@contract/verdict';
import type { Screening } from '@contract/screening';
import type { Frame } from '@renderer/drawing/slices/draw';
import type { Plane } from '@renderer/drawing/slices/plane';
import type { PreparedVolume } from '@renderer/drawing/slices/volume';
import type { Wish } from '@vocabulary/screening';

type Nothing = Record<string, never>;

/** The places that features put panels into, and what a panel is given there. */
export interface Slots {
  /** The columns of the Watch view. */
  watch: Nothing;
  /** At the right of the top bar. */
  'top-bar': Nothing;
  /** Below the verdict on the scan that is looked at: what it rests on, what else speaks for it. */
  verdict: { readonly scan: ScanSummary; readonly verdict: Verdict };
  /** What is known of the scan that is looked at, below what people say of it. */
  detail: { readonly detail: ScanDetail };
  /** Over each cut of the scan that is looked at, or of another volume. */
  'over-cut': { readonly volume: PreparedVolume; readonly plane: Plane; readonly frame: Frame };
  /** Three linked cuts of a volume with their tools, for whoever has a volume to show. */
  cuts: {
    /** What the volume is of, where nothing beside says so. */
    readonly title: string;
    /** null leaves the room to `missing`. */
    readonly volume: PreparedVolume | null;
    /** What is drawn is about to be replaced. */
    readonly stale: boolean;
    readonly missing: Snippet;
    /** Below the readout, beside the cuts. */
    readonly corner: Snippet;
  };
  /** In place of the pattern's cuts: the crystal that was found from it. */
  crystal: Nothing;
  /** The corner beside the cuts of the scan that is looked at. */
  'beside-cuts': Nothing;
  /** Columns of the Overview, with what the app counted. */
  overview: {
    readonly screening: Screening | null;
    readonly wish: Wish;
    readonly want: (change: Partial<Wish>) => void;
  };
  /** Below the surface of the peak: what colours it. */
  'surface-key': { /** There is room for a colour bar. */ readonly roomy: boolean };
}
export type SlotName = keyof Slots;
