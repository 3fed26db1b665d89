import { classes, type DefectClass } from '@vocabulary/classes';
import type { Proportions, Share, Shares } from '@vocabulary/screening';
import { correctedShares } from './corrected';
import { listedClasses } from '@vocabulary/listed';
import { wilson } from './wilson';

/** A verdict as far as counting needs it. */
export interface CountedVerdict {
  readonly class: DefectClass;
  readonly sure: boolean;
  /** Given before the last frame was there. */
  readonly early: boolean;
  /** Unlike anything that the model was trained on. */
  readonly strange: boolean;
  /** Given by the model whose confusion matrix is known. */
  readonly byModel: boolean;
  /** A person said so: it is neither strange nor anybody's error. */
  readonly byHand?: boolean;
}

/** What of a model counting goes by. */
export interface CountingModel {
  /** In the order of its test's rows and columns. */
  readonly classes: readonly DefectClass[];
  /** Counts of its test: rows truth, columns verdict. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Counts verdicts and gives the classes' shares. The counted shares stand on sure verdicts only. The corrected ones stand on every
 * verdict, sure or not, because so does the confusion matrix: it counts the likeliest class of every pattern of the test. What a person
 * decided counts as sure, and stands in the corrected shares as it is.
 * @param model whose test corrects the shares; undefined where none is loaded
 * @returns counts of the model's classes (the paper's where there is none) and of any other that a verdict names
 */
export function proportions(verdicts: readonly CountedVerdict[], model: CountingModel | undefined): Proportions {
  const names = listedClasses(
    verdicts.map(({ class: of }) => of),
    model?.classes,
  );
  const final = verdicts.filter(({ early }) => !early);
  const sure = final.filter((verdict) => verdict.sure);
  const byHand = final.filter((verdict) => verdict.byHand);
  const network = final.filter((verdict) => !verdict.byHand);
  const strange = network.filter((verdict) => verdict.strange).length;
  const familiar = network.filter((verdict) => !verdict.strange);
  const fit = familiar.filter(({ byModel }) => byModel);
  const corrected = model && correctedBy(model, fit, byHand);
  return {
    sure: Object.fromEntries(names.map((name) => [name, countOf(sure, name)])),
    unsure: final.length - sure.length,
    early: verdicts.length - final.length,
    byHand: byHand.length,
    correctable: fit.length,
    strange,
    otherModel: familiar.length - fit.length,
    ...(sure.length > 0 && { counted: countedShares(sure, names) }),
    ...(corrected && { corrected }),
  };
}

const countOf = (verdicts: readonly CountedVerdict[], name: DefectClass): number =>
  verdicts.filter(({ class: of }) => of === name).length;

const countedShares = (sure: readonly CountedVerdict[], names: readonly DefectClass[]): Shares => ({
  ...sharesBy(names, (name) => wilson(countOf(sure, name), sure.length)),
  defective: wilson(sure.filter(({ class: of }) => classes[of].defective).length, sure.length),
});

function correctedBy(
  model: CountingModel,
  fit: readonly CountedVerdict[],
  byHand: readonly CountedVerdict[],
): Shares | undefined {
  const countsOf = (verdicts: readonly CountedVerdict[]): number[] =>
    model.classes.map((name) => countOf(verdicts, name));
  const found = correctedShares(
    countsOf(fit),
    model.confusion,
    model.classes.map((name) => classes[name].defective),
    undefined,
    countsOf(byHand),
  );
  return (
    found && {
      ...sharesBy(model.classes, (name) => found.classes[model.classes.indexOf(name)]!),
      defective: found.defective,
    }
  );
}

const sharesBy = (
  names: readonly DefectClass[],
  shareOf: (name: DefectClass) => Share,
): { readonly [K in DefectClass]?: Share } => Object.fromEntries(names.map((name) => [name, shareOf(name)]));
