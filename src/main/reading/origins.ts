import { warning, type Warning, type WarningCode } from '@contract/errors';
import type { GeometryUsed } from '@contract/scan';

export type Origin = GeometryUsed[number]['from'];

/** One value by where it may come from; the first that is there counts. */
export type Candidates<T> = readonly (readonly [Origin, T | null | undefined])[];

/** A value that was asked of all that may know it. */
interface Asked<T> {
  readonly name: string;
  show(value: T): string;
  /** By a geometry file. */
  readonly given: T | null | undefined;
  readonly answer: T | null;
  readonly recorded: T | undefined;
  differs(a: T, b: T): boolean;
}

/** Where each number of a geometry comes from, what was assumed, and what nobody says. */
export interface Origins {
  readonly used: GeometryUsed;
  readonly warnings: Warning[];
  readonly missing: string[];
  note(name: string, value: string, from: Origin): void;
  /** The first of the candidates, else what is assumed, with a warning; undefined, and missing, where there is nothing. */
  pick<T>(
    name: string,
    show: (value: T) => string,
    candidates: Candidates<T>,
    assumed: readonly [WarningCode, T | null | undefined],
  ): T | undefined;
  /** Answers stand in for what files do not record: a record wins over them, and where both differ they are named. */
  candidates<T>(asked: Asked<T>): Candidates<T>;
}

/** @param doubtful the scan's file may hold a program's defaults, which are no record */
export function createOrigins(doubtful: boolean): Origins {
  const used: GeometryUsed = [];
  const warnings: Warning[] = [];
  const missing: string[] = [];
  const note = (name: string, value: string, from: Origin): void => void used.push({ name, value, from });
  return {
    used,
    warnings,
    missing,
    note,
    pick(name, show, candidates, assumed) {
      for (const [from, value] of candidates) {
        if (value === null || value === undefined) continue;
        note(name, show(value), from);
        return value;
      }
      if (assumed[1] === null || assumed[1] === undefined) {
        missing.push(name);
        return undefined;
      }
      note(name, show(assumed[1]), 'assumed');
      warnings.push(warning(assumed[0], `Assumed: ${show(assumed[1])}.`));
      return assumed[1];
    },
    candidates({ name, show, given, answer, recorded, differs }) {
      if (doubtful)
        return [
          ['answer', given],
          ['answer', answer],
          ['file', recorded],
        ];
      const isGiven = given !== null && given !== undefined;
      if (!isGiven && answer !== null && recorded !== undefined && differs(answer, recorded))
        warnings.push(warning('answer-overruled', `${name}: ${show(recorded)} recorded, ${show(answer)} answered.`));
      return [
        ['answer', given],
        ['file', recorded],
        ['answer', answer],
      ];
    },
  };
}
