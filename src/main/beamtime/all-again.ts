import { linkSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import type { LedgerRow } from '@main/ledger/row';
import { signatureOf } from '@main/files/signature';
import { inBackground } from '@main/process/report';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { ScanFacts } from '@main/scan/types';
import type { Queue } from './queue';
import { isFinal, refOf, type Rows } from './rows';

type Owned = 'scans/judge-all-again' | 'scans/judge-all-undo';

/** Judges many scans again, behind what was just measured, and takes that back. */
export interface AllAgain {
  readonly handlers: Pick<Handlers, Owned>;
  /** Some scans wait no longer: they keep the verdicts that they had. */
  givenUp(ids: readonly string[]): void;
  /** A scan's row has changed. */
  changed(id: string): void;
  close(): void;
}

export interface AllAgainTools {
  readonly rows: Pick<Rows, 'get' | 'put'>;
  readonly scans: Pick<Worker<ScanService>, 'call'>;
  readonly queue: Pick<Queue, 'add' | 'giveUp' | 'has'>;
  /** Folder of the NeXus results. */
  readonly results: string;
}

/** A result as it was before: under its name it is replaced. */
const ASIDE = '.before.nxs';
const asideOf = (nexus: string): string => nexus.replace(/\.nxs$/, ASIDE);

/** Keeps a result: it is replaced by a whole new file, never written into. */
function setAside(nexus: string): void {
  rmSync(asideOf(nexus), { force: true });
  try {
    linkSync(nexus, asideOf(nexus));
  } catch {
    // A disk without hard links.
    if (existsSync(nexus)) copyFileSync(nexus, asideOf(nexus));
  }
}

export function createAllAgain({ rows, scans, queue, results }: AllAgainTools): AllAgain {
  /** What the last time replaced, or is about to. */
  let before = new Map<string, LedgerRow>();
  /** Taken back while it is being judged: put back as soon as that is done. */
  const late = new Set<string>();

  const forget = (): void => {
    for (const { nexus } of before.values()) if (nexus) rmSync(asideOf(nexus), { force: true });
    before = new Map();
  };
  /** What people put on it meanwhile stays. */
  const withMarks = (row: LedgerRow, now: LedgerRow): LedgerRow => {
    const { flagged, note, overruled, plan, particle } = now;
    return { ...row, flagged, note, overruled, plan, particle };
  };
  const restore = (row: LedgerRow): void => {
    const now = rows.get(row.id);
    if (!now) return;
    const isAnew = isFinal(now);
    if (row.nexus && existsSync(asideOf(row.nexus))) {
      renameSync(asideOf(row.nexus), row.nexus);
      // Two names of one file that nobody has replaced: renaming leaves both.
      rmSync(asideOf(row.nexus), { force: true });
    }
    // Judged since: in its history the verdict that holds is the last one given.
    const given = isAnew ? { judgedAt: new Date().toISOString(), judgedCount: now.judgedCount + 1 } : {};
    rows.put({ ...withMarks(row, now), ...given });
  };
  const putBack = (ids: Iterable<string>): void => {
    for (const id of ids) {
      const row = before.get(id);
      before.delete(id);
      if (row) restore(row);
    }
  };

  /** Each source is listed once, however many of the scans are in it. */
  const begin = async (ids: readonly string[]): Promise<number> => {
    const chosen = ids.flatMap((id) => rows.get(id) ?? []).filter((row) => isFinal(row) && row.state !== 'skipped');
    if (chosen.length > 0) forget();
    let count = 0;
    for (const group of Map.groupBy(chosen, ({ source }) => source).values()) {
      const { source, format } = refOf(group[0]!);
      // One whose files have gone keeps its verdict.
      const listed = await scans.call('list', source, format).catch((): readonly ScanFacts[] => []);
      for (const { id } of group) {
        const row = rows.get(id);
        const facts = row && listed.find(({ ref }) => ref.number === row.number);
        if (!row || !facts || !isFinal(row)) continue;
        if (row.nexus) setAside(row.nexus);
        before.set(id, row);
        rows.put({ ...row, state: 'waiting', judgedAt: null, problem: null });
        queue.add(facts, signatureOf(source));
        count++;
      }
      await breath();
    }
    return count;
  };

  if (existsSync(results))
    for (const name of readdirSync(results)) if (name.endsWith(ASIDE)) rmSync(join(results, name), { force: true });

  return {
    handlers: {
      'scans/judge-all-again': async ({ ids }) => {
        const count = await begin(ids);
        if (count === 0) throw new BraggwatchError('verdict-missing', 'none of these scans has been judged');
        return { count };
      },
      'scans/judge-all-undo': () => {
        const ids = [...before.keys()];
        queue.giveUp(ids);
        // Still in the line: the one that is being judged.
        for (const id of ids) if (queue.has(id)) late.add(id);
        putBack(ids.filter((id) => !late.has(id)));
        return { count: ids.length };
      },
    },
    givenUp: putBack,
    changed(id) {
      const row = rows.get(id);
      if (!late.has(id) || !row || !(isFinal(row) || row.problem)) return;
      late.delete(id);
      // Once whoever judged it has ended with it.
      inBackground(
        breath().then(() => putBack([id])),
        'taking back what was judged again',
      );
    },
    close: forget,
  };
}
