import type { ScanSummary } from '@contract/scan';
import { filterSchema, liesIn, meets, noFilter, wordsOf, type Filter } from './filter';
import type { Preferences } from '@renderer/shell/state/preferences.svelte';
import type { DefectClass } from '@vocabulary/classes';

/** The one filter of queue, timeline, map and counts; it survives a restart. */
export class Filters {
  readonly #preferences: Preferences | undefined;
  #value = $state.raw<Filter>(noFilter);
  #folder = $state<string | null>(null);
  readonly #words = $derived(wordsOf(this.#value.text));
  readonly #active = $derived(
    (Object.keys(noFilter) as (keyof Filter)[]).some(
      (key) => key !== 'elsewhere' && JSON.stringify(this.#value[key]) !== JSON.stringify(noFilter[key]),
    ),
  );

  constructor(preferences?: Preferences) {
    this.#preferences = preferences;
    const kept = filterSchema.safeParse(preferences?.kept('filter'));
    if (kept.success) this.#value = kept.data;
  }

  get value(): Filter {
    return this.#value;
  }

  /** The folder that is watched: scans of others, which the ledger remembers, are left out unless they are asked for. */
  watching(folder: string | null): void {
    this.#folder = folder;
  }

  /** Those that the watched folder has, and all where others are asked for or none is watched. */
  here(scans: readonly ScanSummary[]): readonly ScanSummary[] {
    const folder = this.#folder;
    return folder === null || this.#value.elsewhere ? scans : this.#in(folder, scans);
  }

  /** How many lie in other folders than the one that is watched. */
  elsewhere(scans: readonly ScanSummary[]): number {
    return this.#folder === null ? 0 : scans.length - this.#in(this.#folder, scans).length;
  }

  #in(folder: string, scans: readonly ScanSummary[]): readonly ScanSummary[] {
    const isIn = liesIn(folder);
    return scans.every(isIn) ? scans : scans.filter(isIn);
  }

  /** True when the user's choice may leave some out. */
  get active(): boolean {
    return this.#active;
  }

  apply(scans: readonly ScanSummary[]): readonly ScanSummary[] {
    const here = this.here(scans);
    return this.#active ? here.filter((scan) => meets(scan, this.#value, this.#words)) : here;
  }

  set(change: Partial<Filter>): void {
    this.#value = { ...this.#value, ...change };
    this.#preferences?.keep('filter', this.#value);
  }

  toggleClass(name: DefectClass): void {
    const { classes } = this.#value;
    this.set({ classes: classes.includes(name) ? classes.filter((each) => each !== name) : [...classes, name] });
  }

  /** Any, sure, unsure, and round again. */
  nextCertainty(): void {
    const next = { any: 'sure', sure: 'unsure', unsure: 'any' } as const;
    this.set({ certainty: next[this.#value.certainty] });
  }

  clear(): void {
    this.set({ ...noFilter, elsewhere: this.#value.elsewhere });
  }
}
