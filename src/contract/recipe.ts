import { z } from 'zod';

const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const nested = <T extends z.ZodType>(inner: T) =>
  z.union([inner, z.array(inner).max(500), z.record(z.string().max(40), inner)]);

/**
 * A recipe as it travels: JSON of bounded depth, right or wrong. What it may say is for `main/dataset/recipe` to check, so that
 * the screen can hold a recipe that is being typed, and fields it does not know yet.
 */
export const recipeDraftSchema = z.record(z.string().max(40), nested(nested(scalar)));

/** What is wrong with a recipe, named by the path of its field, e.g. `sizeCells.1`. Words are the screen's. */
export const recipeIssueSchema = z.strictObject({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  /** What a number that is too small or too large belongs to; what a value of the wrong type should have been. */
  origin: z.string().optional(),
  expected: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  inclusive: z.boolean().optional(),
});

/** What a valid recipe will make. */
export const recipeOutlookSchema = z.strictObject({
  crystals: z.int(),
  patterns: z.int(),
  /** On disk. */
  bytes: z.number(),
  /** Of the smallest, a middling and the largest crystal. */
  atoms: z.tuple([z.number(), z.number(), z.number()]),
  /** Of one core; from this machine's own pace once it has made a preview. */
  coreSeconds: z.number(),
  measured: z.boolean(),
});

export const recipeCheckSchema = z.strictObject({
  issues: z.array(recipeIssueSchema),
  /** null: the recipe is not valid. */
  outlook: recipeOutlookSchema.nullable(),
});

/** What the form may offer, read off the schema that checks recipes. */
export const recipeRulesSchema = z.strictObject({
  /** Smallest and largest number allowed at each path. */
  limits: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Choices at each path that has some. */
  choices: z.record(z.string(), z.array(z.string())),
});

export const storedRecipeSchema = z.strictObject({
  /** Where it is kept: `shipped/...` or `own/...`; `measured/...` is made of the scans judged so far. */
  id: z.string().min(1).max(200),
  own: z.boolean(),
  recipe: recipeDraftSchema,
});

export type RecipeDraft = z.infer<typeof recipeDraftSchema>;
export type RecipeIssue = z.infer<typeof recipeIssueSchema>;
export type RecipeOutlook = z.infer<typeof recipeOutlookSchema>;
export type RecipeRules = z.infer<typeof recipeRulesSchema>;
export type StoredRecipe = z.infer<typeof storedRecipeSchema>;
