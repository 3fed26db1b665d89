import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { BraggwatchError } from '@contract/errors';
import { answersSchema } from '@contract/geometry';
import { floatsOf } from '@contract/floats';
import { printedInside } from '@contract/printed-inside';
import { SIZE } from '@core/reduce/target';
import { novelty } from '@core/verdict/novelty';
import { judge } from '@core/verdict/verdict';
import { beamline } from '@main/demo/beamline';
import { writeScan } from '@main/demo/fixture';
import { givesVerdicts } from '@main/engine/card';
import { modelFolder, readModel } from '@main/engine/model';
import { createOnnxEngine } from '@main/engine/onnx';
import type { ReducedRecord } from '@main/nexus/record';
import { reduceSource } from '@main/reading/reduce-scan';
import { inputOf } from '@main/retrieval/input';
import { look, opinionOf, SEED } from '@main/retrieval/look';
import { createStarter } from '@main/retrieval/threads';
import { blissReader } from '@main/scan/bliss';
import { drawInsideScan, insideKindNames } from './kinds';
import { insideTable, type InsideCase, type InsideRow } from './table';

export interface InsideStudyOptions {
  /** Of each kind. */
  readonly crystals: number;
  readonly seed: number;
  readonly starts: number;
  readonly model: string;
  onProgress?(done: number, of: number): void;
}

/**
 * Raw scans of crystals of several kinds through reduction, network and phase retrieval, one after the other; a study that was begun in the
 * folder with the same seed goes on.
 * @throws BraggwatchError model-missing, model-invalid, usage
 */
export async function studyInside(folder: string, options: InsideStudyOptions): Promise<InsideRow[]> {
  const { crystals, seed, starts } = options;
  mkdirSync(folder, { recursive: true });
  const network = await networkOf(options.model);
  const starter = createStarter(availableParallelism());
  const cases: InsideCase[] = [];
  try {
    for (let index = 0; index < crystals; index++) {
      for (const kind of insideKindNames) {
        options.onProgress?.(cases.length, crystals * insideKindNames.length);
        const path = join(folder, `${kind}-${seed}-${starts}-${String(index).padStart(4, '0')}.json`);
        if (!existsSync(path)) {
          const spec = drawInsideScan(kind, seed, index);
          const { defect: truth, hkl, strainRad, offCentre, peakCounts } = spec;
          const about = { kind, index, truth, hkl, strainRad, offCentre, peakCounts };
          let found: object;
          try {
            const record = reduced(spec);
            const input = inputOf(record);
            const retrieval = printedInside(opinionOf(await look(input, starter, { starts, seed: SEED }), input));
            found = { retrieval, network: await network.judge(record) };
          } catch (error) {
            if (!(error instanceof BraggwatchError)) throw error;
            found = { refused: error.code };
          }
          await writeFileAtomic(path, JSON.stringify({ ...about, ...found }));
        }
        cases.push(JSON.parse(readFileSync(path, 'utf8')) as InsideCase);
      }
    }
  } finally {
    starter.close();
    await network.close();
  }
  return insideTable(cases);
}

/** Writes a scan as the beamline would, reads it as the app does, and reduces it. */
function reduced(spec: Parameters<typeof writeScan>[1]): ReducedRecord {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-inside-'));
  try {
    const { master, spec: whole } = writeScan(folder, spec);
    const source = blissReader.open({ source: master, number: whole.number, format: 'bliss' });
    try {
      const answers = answersSchema.parse({});
      return reduceSource(source, { preset: beamline, answers, method: 'linear', frame: 'q', unblurred: SIZE });
    } finally {
      source.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The network's own verdict, without a second model. */
async function networkOf(model: string) {
  const { card, bytes } = await readModel(modelFolder(model));
  const { classes, temperature, familiarity } = card;
  if (!givesVerdicts(classes)) throw new BraggwatchError('usage', `${card.name} gives no verdicts`);
  const engine = await createOnnxEngine(bytes, card.network);
  return {
    async judge({ volume, doubts }: ReducedRecord) {
      const intensity = floatsOf(volume.intensity);
      const { logits, features } = await engine.portray(intensity, 1);
      const far = familiarity && novelty(familiarity, intensity, features ?? []);
      const verdict = judge(logits, { classes, temperature }, far, undefined, doubts);
      return { defective: verdict.class !== 'perfect', sure: verdict.sure, class: verdict.class };
    },
    close: () => engine.close(),
  };
}
