import { basename } from 'node:path';
import { z } from 'zod';
import { BraggwatchError } from '@contract/errors';
import { floatsOf } from '@contract/floats';
import { softmax } from '@core/verdict/probabilities';
import { reduceSource } from '@main/reading/reduce-scan';
import type { EngineChoice } from '@main/engine/choice';
import { createEngine } from '@main/engine/create';
import { readModel } from '@main/engine/model';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts } from '@main/scan/types';
import { plainSetup } from '@main/beamtime/scan-setup';
import { findSources } from '@main/beamtime/watch/walk';

const share = z.number().min(0).max(1);

/** What a network says of a measured scan, as in Table 1; nothing is known of the truth. */
export const measuredSchema = z.strictObject({
  scan: z.string(),
  source: z.string(),
  probabilities: z.tuple([share, share, share]),
});
export type Measured = z.infer<typeof measuredSchema>;

export interface MeasuredScan {
  readonly scan: string;
  readonly source: string;
  readonly volume: Float32Array;
}

function reduce(facts: ScanFacts): MeasuredScan {
  const options = plainSetup.optionsFor(facts);
  const source = readerOf(facts.ref.format).open(facts.ref);
  try {
    const { intensity } = reduceSource(source, options).volume;
    return {
      scan: facts.name,
      source: basename(facts.ref.source),
      volume: floatsOf(intensity),
    };
  } finally {
    source.close();
  }
}

/**
 * Reads and reduces every scan in the paths, as `classify` does. One that cannot be reduced is left out, and so is a file that holds none.
 * @param onRefused is told of those
 * @throws BraggwatchError path-missing, format-unknown
 */
export function reduceMeasured(
  paths: readonly string[],
  onRefused: (scan: string, why: Error) => void,
): MeasuredScan[] {
  const attempt = <T>(name: string, work: () => T): T[] => {
    try {
      return [work()];
    } catch (error) {
      if (!(error instanceof BraggwatchError)) throw error;
      onRefused(name, error);
      return [];
    }
  };
  return paths
    .flatMap(findSources)
    .flatMap(({ path, format }) => attempt(basename(path), () => readerOf(format).list(path)).flat())
    .flatMap((facts) => attempt(facts.name, () => reduce(facts)));
}

/** Calibrated probabilities of perfect, screw, edge for each scan. */
export async function judgeMeasured(
  scans: readonly MeasuredScan[],
  modelFolder: string,
  choice?: EngineChoice,
): Promise<Measured[]> {
  const model = await readModel(modelFolder);
  const engine = await createEngine(model, choice);
  try {
    const judged: Measured[] = [];
    for (const { scan, source, volume } of scans) {
      const [p = 0, s = 0, e = 0] = softmax(await engine.predict(volume, 1), model.card.temperature);
      judged.push({ scan, source, probabilities: [p, s, e] });
    }
    return judged;
  } finally {
    await engine.close();
  }
}
