import { z } from 'zod';
import { keysOf } from '@vocabulary/keys';
import catalogue from '../../resources/errors.json' with { type: 'json' };
import notices from '../../resources/warnings.json' with { type: 'json' };

/** What a catalogue entry says: what happened, what was kept, what to do next. */
export interface CatalogueEntry {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
}

export type ErrorCode = keyof typeof catalogue;
export type WarningCode = keyof typeof notices;

export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = catalogue;
export const warningCatalogue: Readonly<Record<WarningCode, string>> = notices;

export const errorCodeSchema = z.enum(keysOf(catalogue));
export const warningCodeSchema = z.enum(keysOf(notices));

export const problemSchema = z.strictObject({ code: errorCodeSchema, message: z.string() });
export const warningSchema = z.strictObject({ code: warningCodeSchema, message: z.string() });

/** An expected failure as it crosses a process boundary. */
export type Problem = z.infer<typeof problemSchema>;
/** An assumption or a caveat that belongs to a verdict. */
export type Warning = z.infer<typeof warningSchema>;

/**
 * An expected failure. `detail` says what is particular to this case (a file, a number);
 * the catalogue says the rest, so the whole message always answers: what happened, what was kept, what to do.
 */
export class BraggwatchError extends Error {
  override readonly name = 'BraggwatchError';
  readonly code: ErrorCode;
  readonly detail: string;

  constructor(code: ErrorCode, detail = '', options?: ErrorOptions) {
    const entry = errorCatalogue[code];
    super([entry.happened, detail && `(${detail})`, entry.todo].filter(Boolean).join(' '), options);
    this.code = code;
    this.detail = detail;
  }

  toProblem(): Problem {
    return { code: this.code, message: this.message };
  }
}

/** What a thrown value says; there are such that no text can be made of. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return `a ${typeof error} without a text`;
  }
}

/** Any thrown value as a problem; what is not expected becomes `internal`. */
export function toProblem(error: unknown): Problem {
  if (error instanceof BraggwatchError) return error.toProblem();
  return new BraggwatchError('internal', messageOf(error)).toProblem();
}

/** The error that a problem from another process stands for, with that process's own message. */
export function fromProblem(problem: Problem): BraggwatchError {
  return Object.assign(new BraggwatchError(problem.code), { message: problem.message });
}

/** A warning with the catalogue's sentence, followed by what is particular to this case. */
export function warning(code: WarningCode, detail = ''): Warning {
  return { code, message: [warningCatalogue[code], detail].filter(Boolean).join(' ') };
}
