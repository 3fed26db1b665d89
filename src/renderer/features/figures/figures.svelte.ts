import { createContext } from 'svelte';
import { Turning } from '@renderer/ui/turning.svelte';

/** What may stand beside the cuts of a scan. */
export const figureNames = ['rocking', 'surface', 'detector'] as const;
export type FigureName = (typeof figureNames)[number];

/** The figure beside the cuts: which one, and how the iso-surface is looked at. */
export class Figures {
  #shown = $state<FigureName>('rocking');
  #level = $state(-2);
  readonly turning = new Turning();

  get shown(): FigureName {
    return this.#shown;
  }

  /** log10 of the iso-surface's intensity relative to the maximum. */
  get level(): number {
    return this.#level;
  }

  show(name: FigureName): void {
    this.#shown = name;
  }

  next(): void {
    this.#shown = figureNames[(figureNames.indexOf(this.#shown) + 1) % figureNames.length]!;
  }

  setLevel(level: number): void {
    this.#level = level;
  }
}

export const [useFigures, provideFigures] = createContext<Figures>();
