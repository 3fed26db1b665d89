import type { RecipeDraft, RecipeIssue, RecipeOutlook, RecipeRules, StoredRecipe } from '@contract/recipe';
import type { Connection } from '@renderer/connection/types';
import { AfterTyping } from '@renderer/connection/after-typing';
import { errorsOf, type FieldErrors } from '@renderer/ui/form';
import { draftFrom, valuesOf, withSwitch, type FormValues } from './recipe-form';
import type { RecipeField } from './recipe-fields';

/** A pause in typing after which the recipe is checked. */
const pauseMs = 200;

/** The recipe that is being chosen and edited. */
export class RecipeEditor {
  readonly #connection: Connection;
  /** Told of every recipe that turned out valid. */
  readonly #onValid: (recipe: RecipeDraft) => void;
  #recipes = $state.raw<readonly StoredRecipe[]>([]);
  #rules = $state.raw<RecipeRules>({ limits: {}, choices: {} });
  #chosenId = $state<string | null>(null);
  #values = $state.raw<FormValues>({});
  #issues = $state.raw<readonly RecipeIssue[]>([]);
  #outlook = $state.raw<RecipeOutlook | null>(null);
  #edited = $state(false);
  readonly #typing = new AfterTyping(pauseMs);

  constructor(connection: Connection, onValid: (recipe: RecipeDraft) => void) {
    this.#connection = connection;
    this.#onValid = onValid;
  }

  get recipes(): readonly StoredRecipe[] {
    return this.#recipes;
  }

  get rules(): RecipeRules {
    return this.#rules;
  }

  get chosen(): StoredRecipe | null {
    return this.#recipes.find(({ id }) => id === this.#chosenId) ?? null;
  }

  /** What stands in the form. */
  get values(): FormValues {
    return this.#values;
  }

  get issues(): readonly RecipeIssue[] {
    return this.#issues;
  }

  /** What is wrong, by the path of the field. */
  get errors(): FieldErrors {
    return errorsOf(this.#issues);
  }

  /** What the recipe will make; null while it is not valid. */
  get outlook(): RecipeOutlook | null {
    return this.#outlook;
  }

  /** Whether the form differs from the recipe as it is kept. */
  get edited(): boolean {
    return this.#edited;
  }

  get draft(): RecipeDraft {
    return draftFrom(this.chosen?.recipe ?? {}, this.#values, this.#rules);
  }

  /** Asks for recipes and rules; what is being edited stays. */
  async load(): Promise<void> {
    const call = this.#connection.call.bind(this.#connection);
    const [recipes, rules] = await Promise.all([call('recipes/list', undefined), call('recipes/rules', undefined)]);
    this.#recipes = recipes;
    this.#rules = rules;
    if (!this.chosen && recipes[0]) this.choose(recipes[0].id);
  }

  choose(id: string): void {
    this.#chosenId = id;
    this.revert();
  }

  /** Back to the recipe as it is kept. */
  revert(): void {
    this.#values = valuesOf(this.chosen?.recipe ?? {}, this.#rules);
    this.#edited = false;
    void this.check();
  }

  set(input: string, value: string): void {
    this.#change({ ...this.#values, [input]: value });
  }

  /** Turns a part of the recipe on or off. */
  turn(field: RecipeField, on: boolean): void {
    this.#change(withSwitch(this.#values, field, on));
  }

  async save(): Promise<void> {
    const saved = await this.#connection.call('recipes/save', { recipe: this.draft });
    this.#recipes = await this.#connection.call('recipes/list', undefined);
    this.choose(saved.id);
  }

  async remove(): Promise<void> {
    if (!this.chosen?.own) return;
    this.#recipes = await this.#connection.call('recipes/remove', { id: this.chosen.id });
    if (this.#recipes[0]) this.choose(this.#recipes[0].id);
  }

  /** Has the app check the recipe; of several checks the last one asked for counts. */
  async check(): Promise<void> {
    const counts = this.#typing.ask();
    const recipe = this.draft;
    const { issues, outlook } = await this.#connection.call('recipes/check', { recipe });
    if (!counts()) return;
    this.#issues = issues;
    this.#outlook = outlook;
    if (outlook) this.#onValid(recipe);
  }

  #change(values: FormValues): void {
    this.#values = values;
    this.#edited = JSON.stringify(values) !== JSON.stringify(valuesOf(this.chosen?.recipe ?? {}, this.#rules));
    // A lost connection is told by its status; the check is made again when the panel loads anew.
    this.#typing.typed(() => void this.check().catch(() => undefined));
  }
}
