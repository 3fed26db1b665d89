import type { z } from 'zod';
import type { RecipeDraft, RecipeIssue } from '@contract/recipe';
import { recipeSchema, type Recipe } from '@main/dataset/recipe';

/** What of an issue the form needs to say it in its own words; the rest of zod's many kinds is in `message`. */
interface Detail {
  readonly origin?: unknown;
  readonly expected?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
}

/** What zod says of a field, as it travels. */
export function issueOf(issue: z.core.$ZodIssue): RecipeIssue {
  const { origin, expected, minimum, maximum, inclusive } = issue as Detail;
  return {
    path: issue.path.join('.'),
    code: issue.code,
    message: issue.message,
    ...(typeof origin === 'string' && { origin }),
    ...(typeof expected === 'string' && { expected }),
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && { maximum }),
    ...(typeof inclusive === 'boolean' && { inclusive }),
  };
}

/** A draft as the recipe it is, or what keeps it from being one. */
export function readDraft(draft: RecipeDraft): { readonly recipe: Recipe } | { readonly issues: RecipeIssue[] } {
  const parsed = recipeSchema.safeParse(draft);
  return parsed.success ? { recipe: parsed.data } : { issues: parsed.error.issues.map(issueOf) };
}
