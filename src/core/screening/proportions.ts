import { correctedShares, type CorrectedShares } from './corrected';
import { wilson, type Share } from './wilson';

/** The classes in the order of every model's. */
export const classNames = ['perfect', 'screw', 'edge'] as const;
export type ClassName = (typeof classNames)[number];

/** A verdict as far as counting needs it. */
export interface CountedVerdict {
  readonly class: ClassName;
  readonly sure: boolean;
  /** Given before the last frame was there. */
  readonly early: boolean;
  /** Unlike anything that the model was trained on. */
  readonly strange: boolean;
  /** Given by the model whose confusion matrix is known. */
  readonly byModel: boolean;
}

export interface Proportions {
  /** Final verdicts that are sure, by class. */
  readonly sure: Readonly<Record<ClassName, number>>;
  /** Final verdicts that are not sure, the strange ones included. */
  readonly unsure: number;
  /** Verdicts given before the last frame was there. */
  readonly early: number;
  /** Shares among the sure verdicts, as counted; left out where there is none. */
  readonly counted?: Readonly<Record<ClassName | 'defective', Share>>;
  /** Shares among all final verdicts of the model in use, corrected for how it errs. */
  readonly corrected?: Readonly<Record<ClassName | 'defective', Share>>;
  /** Verdicts behind the correction. */
  readonly correctable: number;
  /** Final verdicts left out of it, because the particle is unlike those that the model was tested on. */
  readonly strange: number;
  /** Final verdicts left out of it, because another model gave them. */
  readonly otherModel: number;
}

/**
 * Counts verdicts and gives the classes' shares. The counted shares stand on sure verdicts only. The corrected ones stand on every
 * verdict, sure or not, because so does the confusion matrix: it counts the likeliest class of every pattern of the test.
 * @param confusion counts of the model's test, rows truth, columns verdict; undefined where none is known
 */
export function proportions(
  verdicts: readonly CountedVerdict[],
  confusion: readonly (readonly number[])[] | undefined,
): Proportions {
  const final = verdicts.filter(({ early }) => !early);
  const sure = tally(final.filter((verdict) => verdict.sure));
  const sureTotal = sure.perfect + sure.screw + sure.edge;
  const strange = final.filter((verdict) => verdict.strange).length;
  const familiar = final.filter((verdict) => !verdict.strange);
  const fit = familiar.filter(({ byModel }) => byModel);
  const all = tally(fit);
  const corrected = confusion && correctedShares([all.perfect, all.screw, all.edge], confusion);
  return {
    sure,
    unsure: final.length - sureTotal,
    early: verdicts.length - final.length,
    correctable: fit.length,
    strange,
    otherModel: familiar.length - fit.length,
    ...(sureTotal > 0 && {
      counted: {
        perfect: wilson(sure.perfect, sureTotal),
        screw: wilson(sure.screw, sureTotal),
        edge: wilson(sure.edge, sureTotal),
        defective: wilson(sure.screw + sure.edge, sureTotal),
      },
    }),
    ...(corrected && { corrected: named(corrected) }),
  };
}

function tally(verdicts: readonly CountedVerdict[]): Record<ClassName, number> {
  const counts = { perfect: 0, screw: 0, edge: 0 };
  for (const verdict of verdicts) counts[verdict.class]++;
  return counts;
}

const named = ({ classes, defective }: CorrectedShares): Record<ClassName | 'defective', Share> => ({
  perfect: classes[0]!,
  screw: classes[1]!,
  edge: classes[2]!,
  defective,
});
