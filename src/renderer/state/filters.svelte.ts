import type { DefectClass, ScanSummary } from '@contract/scan';
import { filterSchema, meets, noFilter, wordsOf, type Filter } from '../overview/filter';
import type { Preferences } from './preferences.svelte';

/** The one filter of queue, timeline, map and counts; it survives a restart. */
export class Filters {
  readonly #preferences: Preferences | undefined;
  #value = $state.raw<Filter>(noFilter);
  readonly #words = $derived(wordsOf(this.#value.text));
  readonly #active = $derived(
    (Object.keys(noFilter) as (keyof Filter)[]).some(
      (key) => JSON.stringify(this.#value[key]) !== JSON.stringify(noFilter[key]),
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

  /** True when some scans may be left out. */
  get active(): boolean {
    return this.#active;
  }

  apply(scans: readonly ScanSummary[]): readonly ScanSummary[] {
    return this.#active ? scans.filter((scan) => meets(scan, this.#value, this.#words)) : scans;
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
    this.set(noFilter);
  }
}
