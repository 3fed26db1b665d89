import type { RecipeDraft, RecipeRules } from '@contract/recipe';
import { typedNumber } from '@renderer/ui/form';
import { allFields, type RecipeField } from './recipe-fields';

/** What stands in the form: one text per input, by its path. A switch or a flag that is on holds `on`. */
export type FormValues = Readonly<Record<string, string>>;

const ON = 'on';
type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => (isTree(node) ? node[key] : undefined), tree);
}

function put(tree: Tree, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let node = tree;
  for (const key of keys) {
    // There is nothing to take out of a part that is not there.
    if (!isTree(node[key]) && value === undefined) return;
    if (!isTree(node[key])) node[key] = {};
    node = node[key] as Tree;
  }
  if (value === undefined) Reflect.deleteProperty(node, last);
  else node[last] = value;
}

const show = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** The inputs that a field consists of. */
export function inputsOf({ path, kind }: RecipeField, rules: RecipeRules): readonly string[] {
  if (kind === 'range') return [`${path}.0`, `${path}.1`];
  if (kind !== 'weights' && kind !== 'flags') return [path];
  const named = rules.choices[path] ?? Object.keys(rules.limits).filter((key) => key.startsWith(`${path}.`));
  return named.map((name) => (name.startsWith(`${path}.`) ? name : `${path}.${name}`));
}

/** The fields of a form for the recipes that the app takes. */
export const knownFields = (rules: RecipeRules, of: readonly RecipeField[] = allFields): readonly RecipeField[] =>
  of.filter(
    ({ path, optional }) =>
      !optional ||
      rules.choices[path] !== undefined ||
      [path, `${path}.0`].some((key) => rules.limits[key] !== undefined),
  );

/** A recipe as the form shows it. */
export function valuesOf(recipe: RecipeDraft, rules: RecipeRules): FormValues {
  const values: Record<string, string> = {};
  for (const field of knownFields(rules)) {
    const value = at(recipe, field.path);
    for (const input of inputsOf(field, rules)) {
      if (field.kind === 'flags') {
        const name = input.slice(field.path.length + 1);
        values[input] = Array.isArray(value) && value.includes(name) ? ON : '';
      } else if (field.kind === 'switch') values[input] = isTree(value) ? ON : '';
      else values[input] = show(at(recipe, input));
    }
  }
  return values;
}

/** The recipe that the form stands for; what the form does not show stays as it is in `base`. */
export function draftFrom(base: RecipeDraft, values: FormValues, rules: RecipeRules): RecipeDraft {
  const recipe = structuredClone(base) as Tree;
  for (const field of knownFields(rules)) {
    const { path, kind, under, optional } = field;
    if (under !== undefined && values[under] !== ON) continue;
    const inputs = inputsOf(field, rules);
    const typed = (input: string): string => values[input] ?? '';
    const empty = kind !== 'switch' && inputs.every((input) => typed(input).trim() === '');
    if (optional && empty) put(recipe, path, undefined);
    else if (kind === 'text' || kind === 'choice') put(recipe, path, typed(path).trim());
    else if (kind === 'number') put(recipe, path, typedNumber(typed(path)));
    else if (kind === 'range')
      put(
        recipe,
        path,
        inputs.map((input) => typedNumber(typed(input))),
      );
    else if (kind === 'flags')
      put(
        recipe,
        path,
        inputs.filter((input) => typed(input) === ON).map((input) => input.slice(path.length + 1)),
      );
    else if (kind === 'switch') {
      if (typed(path) !== ON) put(recipe, path, undefined);
    } else {
      // Elements may be left out, the classes that a recipe names may not: an empty one is not drawn either way.
      const left = (input: string): 0 | undefined =>
        rules.choices[path] || at(base, input) === undefined ? undefined : 0;
      for (const input of inputs)
        put(recipe, input, typed(input).trim() === '' ? left(input) : typedNumber(typed(input)));
    }
  }
  return recipe as RecipeDraft;
}

/** The values after a switch was turned: what it needs is filled in. */
export function withSwitch(values: FormValues, { path, fresh = {} }: RecipeField, on: boolean): FormValues {
  const filled = Object.entries(fresh).map(([key, value]) => [`${path}.${key}`, values[`${path}.${key}`] || value]);
  return { ...values, ...(on ? Object.fromEntries(filled) : {}), [path]: on ? ON : '' };
}

export const isOn = (value: string | undefined): boolean => value === ON;
