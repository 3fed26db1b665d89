import type { z } from 'zod';
import { text } from '../text';

/** What is wrong with a field, in few words, from what a schema says. */
export function fieldMessage(issue: z.core.$ZodIssue): string {
  const words = text.beamline;
  switch (issue.code) {
    case 'invalid_type':
      return words.numberInvalid;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? words.atLeast(Number(issue.minimum), issue.inclusive ?? true)
        : words.required;
    case 'too_big':
      return words.atMost(Number(issue.maximum), issue.inclusive ?? true);
    default:
      return issue.message;
  }
}
