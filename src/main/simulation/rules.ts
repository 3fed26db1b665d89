import { z } from 'zod';
import type { RecipeRules } from '@contract/recipe';
import { recipeSchema } from '@main/dataset/recipe';

/** The part of JSON Schema that a recipe's fields come as. */
interface Node {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly propertyNames?: Node;
  readonly additionalProperties?: Node | false;
  readonly prefixItems?: readonly Node[];
  readonly items?: Node | false;
  readonly anyOf?: readonly Node[];
}

const join = (path: string, key: string | number): string => (path ? `${path}.${key}` : String(key));

/** Bounds and choices of every field of a recipe. */
export const recipeRules = (): RecipeRules => rulesOf(recipeSchema);

/** Bounds and choices of every field, read off the schema that checks them, so that the form cannot disagree with it. */
export function rulesOf(schema: z.ZodType): RecipeRules {
  const limits: RecipeRules['limits'] = {};
  const choices: RecipeRules['choices'] = {};
  const walk = (node: Node, path: string): void => {
    if (node.minimum !== undefined && node.maximum !== undefined) limits[path] = [node.minimum, node.maximum];
    if (node.enum) choices[path] = [...node.enum];
    for (const [key, inner] of Object.entries(node.properties ?? {})) walk(inner, join(path, key));
    node.prefixItems?.forEach((inner, index) => walk(inner, join(path, index)));
    node.anyOf?.forEach((inner) => walk(inner, path));
    // Elements are the keys of a table, reflections the items of a list: both are choices of the whole.
    if (node.propertyNames?.enum) {
      choices[path] = [...node.propertyNames.enum];
      for (const key of node.propertyNames.enum) {
        if (node.additionalProperties) walk(node.additionalProperties, join(path, key));
      }
    }
    if (node.items && !node.prefixItems) walk(node.items, path);
  };
  walk(z.toJSONSchema(schema, { io: 'input' }) as Node, '');
  return { limits, choices };
}
