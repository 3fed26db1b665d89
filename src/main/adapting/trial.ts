import type { JudgedScans, Trial } from '@contract/adapting';
import { modelFolder, readModel } from '@main/engine/model';
import { judgeKinds } from '@main/study/kinds/judge';
import { makeKinds, type KindsOptions } from '@main/study/kinds/make';
import type { KindRow } from '@main/study/kinds/tally';
import { trialKinds } from './kinds';
import { scansIn, writeTrial, type Plan } from './plan';

const judged = ({ right, found, sure, sureWrong }: KindRow): JudgedScans => ({ right, found, sure, sureWrong });

/**
 * Judges raw scans that neither was trained on by the model that a plan began with and by the one that came of it, each as the app would.
 * Goes on where a killed run stopped; what came of it is kept.
 * @throws BraggwatchError model-missing, model-invalid
 */
export async function runTrial(plan: Plan, control: Pick<KindsOptions, 'signal' | 'onProgress'>): Promise<Trial> {
  const scans = scansIn(plan);
  await makeKinds(scans, trialKinds(plan.recipe), { ...control, perKind: plan.perKind });
  const [before, after] = [await judgeKinds(plan.start, scans), await judgeKinds(plan.model, scans)];
  const nameOf = async (model: string): Promise<string> => (await readModel(modelFolder(model))).card.name;
  const trial: Trial = {
    before: { name: await nameOf(plan.start), hash: before.hash },
    after: { name: await nameOf(plan.model), hash: after.hash },
    rows: before.rows.map((row, n) => ({
      ...{ kind: row.kind, scans: row.scans },
      ...{ before: judged(row), after: judged(after.rows[n]!) },
    })),
  };
  await writeTrial(plan, trial);
  return trial;
}
