import { opendirSync, type Dirent } from 'node:fs';

/** Entries, or comparisons of names, from one step to the next. */
export const STEP = 256;

/**
 * What lies in a folder, in name order; between two steps something else may be done.
 * @param closed takes the folder where it may not be read, so that this is not silent: a scan could lie in it
 * @returns undefined where it could not be read
 */
export function* listing(folder: string, closed: string[]): Generator<void, Dirent[] | undefined> {
  const entries: Dirent[] = [];
  try {
    const opened = opendirSync(folder, { bufferSize: STEP });
    try {
      for (let entry = opened.readSync(); entry; entry = opened.readSync()) {
        entries.push(entry);
        if (entries.length % STEP === 0) yield;
      }
    } finally {
      opened.closeSync();
    }
  } catch (error) {
    // One that vanished, or fails right now: the next sweep looks again.
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) closed.push(folder);
    return undefined;
  }
  return yield* sorted(entries, (a, b) => byName(a.name, b.name));
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

/** Sorts by merging, step by step, for names are compared slowly and there may be a hundred thousand. */
export function* sorted<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += STEP) {
    runs.push(items.slice(from, from + STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let k = 0; k < runs.length; k += 2) merged.push(yield* merge(runs[k]!, runs[k + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  const all: T[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const first = j === b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0);
    all.push(first ? a[i++]! : b[j++]!);
    if (all.length % STEP === 0) yield;
  }
  return all;
}
