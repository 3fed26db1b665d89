import { modelId } from '@main/engine/model';
import type { Classifier } from './classifier';
import type { Settings } from '@main/ledger/settings';

/** Comes with the program. */
export const FIRST_MODEL = 'three-class';

/** Which model makes the verdicts from now on; those already made keep theirs. */
export interface ModelChoice {
  /** A shipped model's name or a folder's path. */
  active(): string;
  /** Which one was in use before. */
  previous(): string | null;
  /**
   * Takes a model into use, now and at every start to come. The one before stays in use when this fails.
   * @throws BraggwatchError model-missing, model-invalid, model-two-class, engine-unavailable
   */
  use(model: string): Promise<void>;
}

/** The model to start with: the one asked for in this run, or the one chosen last. */
export const firstModel = (settings: Settings, asked: string | undefined): string =>
  modelId(asked ?? settings.model()?.active ?? FIRST_MODEL);

export function createModelChoice(
  settings: Settings,
  classifier: Classifier,
  first: string,
  onChange: () => Promise<void>,
): ModelChoice {
  let chosen = { active: first, previous: settings.model()?.previous ?? null };
  if (chosen.previous === first) chosen = { ...chosen, previous: settings.model()?.active ?? null };
  let turn: Promise<unknown> = Promise.resolve();
  const change = async (model: string): Promise<void> => {
    await classifier.use(model);
    if (model !== chosen.active) chosen = { active: model, previous: chosen.active };
    settings.saveModel(chosen);
    await onChange();
  };
  return {
    active: () => chosen.active,
    previous: () => chosen.previous,
    use(model) {
      // One after the other: two at once would end with either.
      const mine = turn.then(() => change(model));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
