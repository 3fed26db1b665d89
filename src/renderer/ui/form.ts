import { text } from './words';

/** The part of a schema's complaint that its words are made from; zod's own issues have it, and those that the app sends. */
export interface FieldIssue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly origin?: string | undefined;
  readonly expected?: string | undefined;
  readonly minimum?: number | bigint | undefined;
  readonly maximum?: number | bigint | undefined;
  readonly inclusive?: boolean | undefined;
}

/** What is wrong with a field, in few words, from what a schema says. */
export function fieldMessage(issue: FieldIssue): string {
  const words = text.fields;
  const isNumber = issue.origin === 'number' || issue.origin === 'int';
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? text.fields.wholeNumber : words.numberInvalid;
    case 'too_small':
      return isNumber ? words.atLeast(Number(issue.minimum), issue.inclusive ?? true) : words.required;
    case 'too_big':
      return isNumber ? words.atMost(Number(issue.maximum), issue.inclusive ?? true) : issue.message;
    default:
      return issue.message;
  }
}

/** What is wrong with a form, by the name or path of the field. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What is wrong, in few words, by the path of the input or the field it belongs to. */
export function errorsOf(issues: readonly (FieldIssue & { readonly path: string })[]): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[issue.path] ??= fieldMessage(issue);
  return errors;
}

/** What was typed as a number where it is one; the check says what is wrong with anything else. */
export const typedNumber = (typed: string): string | number | null => {
  const written = typed.trim().replace('−', '-');
  if (written === '') return null;
  return Number.isFinite(Number(written)) ? Number(written) : written;
};
