import { createContext } from 'svelte';
import type { ScanSummary } from '@contract/scan';
import { standingOf } from '@contract/standing';
import { takenAt } from '@contract/taken';
import { Filters } from '@renderer/shell/filter/filters.svelte';
import { byClass, type DefectClass } from '@vocabulary/classes';

export interface Tally extends Readonly<Record<DefectClass, number>> {
  readonly unsure: number;
  readonly open: number;
  readonly unjudged: number;
}

/** Instants of the same form are in the order of their letters; comparing them by the rules of a language takes many times as long. */
function newestFirst(a: ScanSummary, b: ScanSummary): number {
  const [of, other] = [takenAt(a), takenAt(b)];
  return (
    (other > of ? 1 : other < of ? -1 : 0) ||
    b.scan.localeCompare(a.scan, 'en', { numeric: true }) ||
    b.id.localeCompare(a.id)
  );
}

/** There is something to look at: a verdict, early or not, or what keeps it from one. That a scan has no rocking curve is no news. */
const isTold = ({ state, verdict, problem }: ScanSummary): boolean =>
  state !== 'skipped' && (verdict !== undefined || problem !== undefined);

/** The scans of the beamtime, newest first as they were taken, and the one that is looked at. */
export class Queue {
  readonly filters: Filters;
  #scans = $state.raw<readonly ScanSummary[]>([]);
  #selectedId = $state<string | null>(null);
  #following = $state(true);
  #loaded = $state(false);
  #lookers: readonly (() => void)[] = [];

  readonly #shown = $derived.by(() => this.filters.apply(this.#scans));
  readonly #here = $derived.by(() => this.filters.here(this.#scans));
  readonly #elsewhere = $derived.by(() => this.filters.elsewhere(this.#scans));
  readonly #tally = $derived(tallyOf(this.#shown));
  readonly #selectedIndex = $derived(this.#shown.findIndex((scan) => scan.id === this.#selectedId));
  readonly #selected = $derived(this.#scans.find((scan) => scan.id === this.#selectedId) ?? null);

  constructor(filters = new Filters()) {
    this.filters = filters;
  }

  /** All of them, whatever the filter. */
  get scans(): readonly ScanSummary[] {
    return this.#scans;
  }

  /** Those of the watched folder, or all where others are asked for too. */
  get here(): readonly ScanSummary[] {
    return this.#here;
  }

  /** How many are of other folders. */
  get elsewhere(): number {
    return this.#elsewhere;
  }

  /** Those that pass the filter. */
  get shown(): readonly ScanSummary[] {
    return this.#shown;
  }

  /** False until the app has told its scans for the first time. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get selected(): ScanSummary | null {
    return this.#selected;
  }

  /** Among those shown; -1 where the selected one is not. */
  get selectedIndex(): number {
    return this.#selectedIndex;
  }

  /**
   * Those a key away that can be opened: who steps through past scans goes on to the next one, or to an end of the list; who follows gets
   * what comes.
   */
  get near(): readonly ScanSummary[] {
    const [at, shown] = [this.#selectedIndex, this.#shown];
    if (this.#following || at < 0) return [];
    const away = [shown[at + 1], shown[at - 1], shown.at(-1), shown[0]];
    return away.flatMap((scan, n) =>
      scan?.state === 'classified' && scan !== shown[at] && away.indexOf(scan) === n ? [scan] : [],
    );
  }

  /** Has a listener called, now and whenever another scan is looked at or any has changed; returns the function that stops. */
  onLook(listener: () => void): () => void {
    this.#lookers = [...this.#lookers, listener];
    listener();
    return () => {
      this.#lookers = this.#lookers.filter((each) => each !== listener);
    };
  }

  /** True while the newest scan shown that is told of is always the selected one: it stays until the next is. */
  get following(): boolean {
    return this.#following;
  }

  get tally(): Tally {
    return this.#tally;
  }

  /** The whole list, as after a (re)connection. */
  replaceAll(scans: readonly ScanSummary[]): void {
    this.#scans = [...scans].sort(newestFirst);
    this.#loaded = true;
    if (!this.#scans.some((scan) => scan.id === this.#selectedId)) this.#selectedId = null;
    this.#settle();
  }

  /** Another folder: what is looked at now is one of its scans, where it has any. */
  watching(folder: string | null): void {
    this.filters.watching(folder);
    if (folder === null || this.#selected === null || this.#here.includes(this.#selected)) return;
    this.#selectedId = null;
    this.#settle();
  }

  /** One scan, new or changed. */
  upsert(scan: ScanSummary): void {
    const others = [...this.#scans];
    const known = others.findIndex(({ id }) => id === scan.id);
    if (known >= 0 && takenAt(others[known]!) === takenAt(scan)) others[known] = scan;
    else {
      if (known >= 0) others.splice(known, 1);
      const at = others.findIndex((other) => newestFirst(scan, other) < 0);
      others.splice(at < 0 ? others.length : at, 0, scan);
    }
    this.#scans = others;
    this.#settle();
  }

  /** A scan that is none any more: what stood there could be read at last, or was the demo's. */
  remove(id: string): void {
    this.#scans = this.#scans.filter((scan) => scan.id !== id);
    if (this.#selectedId === id) this.#selectedId = null;
    this.#settle();
  }

  /** A choice of the user's own: stops following. */
  select(id: string): void {
    this.#selectedId = id;
    this.#following = false;
    this.#settle();
  }

  /** Down the list (+1) or up (-1). */
  move(by: number): void {
    const scans = this.#shown;
    if (scans.length === 0) return;
    const at = Math.min(scans.length - 1, Math.max(0, this.selectedIndex + by));
    this.select(scans[at]!.id);
  }

  follow(on: boolean): void {
    this.#following = on;
    this.#settle();
  }

  /** The end of every change: who follows looks at the newest, and whoever shows what is looked at hears of it. */
  #settle(): void {
    if (this.#following || this.#selectedId === null) {
      const newest = this.#shown.find(isTold) ?? this.#shown[0];
      this.#selectedId = newest?.id ?? this.#selectedId;
    }
    for (const listener of this.#lookers) listener();
  }
}

export const [useQueue, provideQueue] = createContext<Queue>();

function tallyOf(scans: readonly ScanSummary[]): Tally {
  const tally = { ...byClass(() => 0), unsure: 0, open: 0, unjudged: 0 };
  for (const scan of scans) {
    const { state, problem } = scan;
    const standing = standingOf(scan);
    // A scan that waits with a problem waits for the user, not for its turn.
    if (state === 'rejected' || state === 'skipped' || (state === 'waiting' && problem)) tally.unjudged++;
    else if (!standing?.byHand && (state !== 'classified' || !standing)) tally.open++;
    else tally[standing.sure ? standing.class : 'unsure']++;
  }
  return tally;
}
