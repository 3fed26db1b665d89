import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SamplePosition, VerdictLine } from '@contract/scan';
import { fromProblem, type Problem } from '@contract/errors';
import type { LedgerRow } from '@main/ledger/row';
import { problemOf } from '@main/process/report';
import { roomIn } from '@main/files/room';
import { removeLeftovers } from '@main/files/writing';
import type { ReduceOptions } from '@main/reading/volume';
import { refusalByFacts } from '@main/scan/rocking';
import type { ScanFacts } from '@main/scan/types';
import { blameOf } from './blame';
import { nameInFiles, resultName, scanId } from './identity';
import { judgeScan, rejected, type Judged, type JudgeTools } from './judge';
import { madeFrom, madeFromFacts } from './made-from';
import { fresh, isFinal, withFacts, type Rows } from './rows';
import { readSteadily } from './steady';
import { sourceOf } from './watch/signature';

export interface SettleOptions {
  readonly tools: JudgeTools;
  readonly rows: Rows;
  /** Folder of the NeXus results. */
  readonly results: string;
  /** Preset, answers and method for a scan. @throws BraggwatchError geometry-incomplete */
  optionsFor(facts: ScanFacts): ReduceOptions;
  /** Where on the sample the scan was taken, where its preset can tell. */
  placeOf(facts: ScanFacts): SamplePosition | undefined;
  /** Told of every verdict line, early ones included. */
  onLine(line: VerdictLine): void;
}

/** A scan that waits to be judged. */
export interface Scan {
  readonly facts: ScanFacts;
  /** What it was seen with, see `watch/signature`. */
  readonly signature: string;
}

/** Judges one scan and writes down what becomes of it: first its result, then the ledger's row, then the line that is told. */
export interface Settler {
  /**
   * @param quiet it was tried before: nothing is told unless it turns out otherwise now
   * @returns undefined once it is settled; what hinders it for no fault of the scan's otherwise. Never throws
   */
  settle(scan: Scan, quiet: boolean): Promise<Problem | undefined>;
  /** Makes the volume of a scan that waits for a model, so that it can be looked at. Never throws */
  show(scan: Scan, problem: Problem): Promise<void>;
  /** Its process ended over it again and again, and over no other. @returns what hinders the ledger */
  setAside(scan: Scan, problem: Problem): Problem | undefined;
  /**
   * Reads on in a scan under way. Never throws: where it cannot be read on, it is read when it is judged.
   * @returns how many frames were read, and whether there are more by now; undefined where its process ended over it
   */
  follow(facts: ScanFacts): Promise<{ readonly frames: number; readonly more: boolean } | undefined>;
  /** An early verdict is shown and replaced; what goes wrong this early is no news. */
  lookEarly(facts: ScanFacts): Promise<void>;
}

interface Attempt extends Judged {
  readonly preset: string;
}

const isHindered = ({ code }: Problem): boolean => ['place', 'process'].includes(blameOf(code));

export function createSettler({ tools, rows, results, optionsFor, placeOf, onLine }: SettleOptions): Settler {
  const rowOf = (facts: ScanFacts): LedgerRow => {
    const id = scanId(facts.ref);
    return withFacts(rows.get(id) ?? fresh(id, facts), facts, placeOf(facts));
  };
  /** One that was judged before keeps its file, whatever it is called. */
  const pathOf = (row: LedgerRow): string => {
    if (row.nexus !== null) return row.nexus;
    const named = join(results, `${resultName(row)}.nxs`);
    const isTaken = rows.all().some(({ id, nexus }) => nexus === named && id !== row.id);
    return isTaken ? join(results, `${nameInFiles(row.name)}-${row.id}.nxs`) : named;
  };

  const judge = async (facts: ScanFacts, by: JudgeTools): Promise<Attempt> => {
    try {
      const options = optionsFor(facts);
      return { ...(await judgeScan(facts, options, by)), preset: options.preset.name };
    } catch (error) {
      return { ...rejected(facts, problemOf(error, `options of ${facts.name}`)), preset: '' };
    }
  };
  /** No rocking curve, as its listing tells already. */
  const isRefused = (facts: ScanFacts): boolean => {
    try {
      return refusalByFacts(facts, optionsFor(facts)) !== undefined;
    } catch {
      // What lacks is said when it is judged.
      return false;
    }
  };
  /** Writes the result, where there is a volume. @returns its path; null where there is none @throws BraggwatchError */
  const write = async (row: LedgerRow, { line, record }: Judged): Promise<string | null> => {
    if (!record) return null;
    try {
      mkdirSync(results, { recursive: true });
      const path = pathOf(row);
      await tools.scans.call('record', path, record.kept, line);
      return path;
    } catch (error) {
      const { code, message } = problemOf(error, 'writing a result');
      if (code === 'worker-died' || code === 'timed-out') {
        // What it had begun is nobody's any more.
        removeLeftovers(results);
        throw error;
      }
      roomIn(results);
      // There is room for it, and yet it will not be written.
      throw new Error(message, { cause: error });
    }
  };
  const valuesOf = (row: LedgerRow, { line, record, preset }: Attempt, signature: string): LedgerRow => ({
    ...row,
    preset,
    signature,
    line,
    warnings: line.warnings,
    geometry: record?.geometry ?? [],
    rockingCurve: record?.rockingCurve ?? null,
  });
  /** Says why it waits; where even that cannot be written, the alert says it. */
  const tellHindered = (row: LedgerRow, problem: Problem): void => {
    if (['waiting', 'rejected'].includes(row.state) && row.problem?.code === problem.code) return;
    try {
      rows.put({ ...row, state: 'waiting', problem });
    } catch {
      // The ledger is what hinders it, or will be tried again with the scan.
    }
  };

  const finish = async ({ facts, signature }: Scan, quiet: boolean): Promise<void> => {
    const row = rowOf(facts);
    const refused = isRefused(facts);
    if (!quiet && !refused) rows.put({ ...row, state: 'reducing' });
    const source = sourceOf(signature);
    const made = refused ? madeFromFacts(facts, source) : await madeFrom(tools.scans, facts, source);
    const attempt = await readSteadily(facts.ref.source, () => judge(facts, tools), {
      isOther: ({ record }) => record?.facts.framesPresent === facts.framesPresent && record.seen !== made.facts,
    });
    const { line, problem } = attempt;
    if (problem && isHindered(problem)) {
      const nexus = await write(row, attempt).catch(() => null);
      tellHindered({ ...valuesOf(rows.get(row.id) ?? row, attempt, signature), nexus }, problem);
      throw fromProblem(problem);
    }
    // The result is on disk before the ledger says so: after a crash in between, the scan is judged again into the same file.
    const nexus = await write(row, attempt);
    const current = rows.get(row.id) ?? row;
    const next = { ...valuesOf(current, attempt, signature), problem: problem ?? null, nexus, madeFrom: made };
    const blame = problem && blameOf(problem.code);
    if (quiet && row.problem && row.problem.code === problem?.code && blame !== 'scan') return;
    if (blame === 'source') rows.put({ ...next, state: 'rejected' });
    else if (blame === 'answer') rows.put({ ...next, state: 'waiting' });
    else {
      const state = line.state === 'early' ? 'arriving' : line.state;
      const judgedAt = state === 'arriving' ? null : new Date().toISOString();
      const judgedCount = current.judgedCount + (judgedAt ? 1 : 0);
      rows.put({ ...next, state, verdict: line.verdict ?? null, judgedAt, judgedCount });
    }
    onLine(line);
  };

  return {
    async settle(scan, quiet) {
      const judgedBefore = rows.get(scanId(scan.facts.ref))?.judgedCount ?? 0;
      try {
        await finish(scan, quiet);
        return undefined;
      } catch (error) {
        const row = rows.get(scanId(scan.facts.ref));
        // Whatever failed once the verdict was in the ledger: it is settled.
        if (row && isFinal(row) && row.judgedCount > judgedBefore) return undefined;
        const problem = problemOf(error, `judging ${scan.facts.name}`);
        tellHindered(row ?? rowOf(scan.facts), problem);
        return problem;
      }
    },
    async show({ facts, signature }, problem) {
      const refuse = (): Promise<never> => Promise.reject(fromProblem(problem));
      const attempt = await judge(facts, { ...tools, classifier: { ...tools.classifier, facts: refuse } });
      // Refused for itself: its turn will say so.
      if (attempt.problem?.code !== problem.code) return;
      const row = rowOf(facts);
      const nexus = await write(row, attempt).catch(() => null);
      tellHindered({ ...valuesOf(rows.get(row.id) ?? row, attempt, signature), nexus }, problem);
    },
    setAside({ facts, signature }, problem) {
      try {
        const { line } = rejected(facts, problem);
        rows.put({ ...rowOf(facts), state: 'rejected', problem, signature, line });
        onLine(line);
        return undefined;
      } catch (error) {
        return problemOf(error, `setting ${facts.name} aside`);
      }
    },
    async follow(facts) {
      try {
        return await tools.scans.call('follow', facts.ref, optionsFor(facts));
      } catch (error) {
        const { code } = problemOf(error, `reading on in ${facts.name}`);
        return blameOf(code) === 'process' ? undefined : { frames: 0, more: false };
      }
    },
    async lookEarly(facts) {
      const attempt = await judge(facts, tools);
      const { line, record } = attempt;
      const row = rows.get(scanId(facts.ref));
      if (!line.verdict || !row || isFinal(row) || row.state !== 'arriving') return;
      const nexus = await write(row, attempt);
      rows.put({
        ...row,
        line,
        nexus,
        verdict: { ...line.verdict, early: true },
        warnings: line.warnings,
        geometry: record?.geometry ?? [],
        rockingCurve: record?.rockingCurve ?? null,
      });
      onLine({ ...line, state: 'early' });
    },
  };
}
