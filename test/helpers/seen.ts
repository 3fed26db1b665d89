import { correlation } from '../support/correlation';
import type { Answers } from '@contract/geometry';
import { judge, type Judgement } from '@core/verdict/verdict';
import { besideIn } from '@main/engine/answer';
import { modelBeside } from '@main/engine/model';
import { createEngineWorker, type EngineWorker } from '@main/engine/service';
import type { ReducedRecord } from '@main/nexus/record';
import { reduceSource } from '@main/reading/reduce-scan';
import { plainSetup } from '@main/beamtime/scan-setup';
import { findSources } from '@main/beamtime/watch/walk';
import { factsPrint } from '@main/scan/fingerprint';
import { readerOf } from '@main/scan/readers';
import type { ScanFacts } from '@main/scan/types';
import { inner, minus, plus, times, type Vector } from './instrument';
import { SPACING, type Measured } from './truth';

/** How a scan of the one crystal was read, and how near that is to the truth. */
export interface Seen {
  readonly facts: ScanFacts;
  /** Digest of what its files say as it is opened, after it was listed. */
  readonly opened: string;
  readonly preset: string;
  readonly record: ReducedRecord;
  /** Lattice spacing over the crystal's own. */
  readonly spacing: number;
  /** Correlation with what the crystal scatters, within 16 voxels of the peak; and the inverted pattern's. */
  readonly correlation: number;
  readonly inverted: number;
  /** Largest angle between the volume's axes and those of the Q frame, degrees: the peak's pixel is not the reflection's. */
  readonly tilt: number;
  readonly frames: number;
  readonly verdict: string;
  /** As the app says it, with the doubts that the volume brings along. */
  readonly judgement: Judgement;
}

const SIZE = 64;
const ABOUT = 16;

/** The one scan of a path, as `classify` reads it: reader by name and content, preset by what the file says. */
export async function seen(path: string, truth: Measured, answers: Partial<Answers> = {}): Promise<Seen> {
  const [claimed] = findSources(path);
  const listed = claimed ? readerOf(claimed.format).list(path) : [];
  const facts = listed[0];
  if (!facts || listed.length !== 1) throw new Error(`${listed.length} scans in ${path}`);
  const options = plainSetup.optionsFor(facts);
  const source = readerOf(facts.ref.format).open(facts.ref);
  try {
    const record = reduceSource(source, { ...options, answers: { ...options.answers, ...answers } });
    const intensity = new Float32Array(record.volume.intensity.slice().buffer);
    const judgement = await judged(intensity, record);
    return {
      facts,
      opened: factsPrint(source.facts),
      preset: options.preset.name,
      record,
      spacing: record.reduction.dAngstrom! / SPACING,
      frames: record.reduction.frames,
      ...agreement(record, intensity, truth),
      verdict: judgement.class,
      judgement,
    };
  } finally {
    source.close();
  }
}

/** The program's axes (x downstream, y outboard, z up) by the names of the CXI frame. */
const toCxi = ([downstream, outboard, up]: readonly number[]): Vector => [outboard!, up!, downstream!];

/** Both patterns voxel by voxel, by their amplitudes, so that fringes count and not only the maximum. */
function agreement(
  { volume: { origin, voxel, frame } }: ReducedRecord,
  intensity: Float32Array,
  { intensity: scattered, reflection, frameAxes }: Measured,
): Pick<Seen, 'correlation' | 'inverted' | 'tilt'> {
  const axes = frame.map(toCxi);
  const offsets: number[] = [];
  const found: number[] = [];
  for (let i = -ABOUT; i < ABOUT; i++)
    for (let j = -ABOUT; j < ABOUT; j++)
      for (let k = -ABOUT; k < ABOUT; k++) {
        const index = [SIZE / 2 + i, SIZE / 2 + j, SIZE / 2 + k] as const;
        const q = index.reduce<Vector>((sum, at, a) => plus(sum, times(axes[a]!, origin[a]! + at * voxel)), [0, 0, 0]);
        const dq = minus(q, reflection);
        for (const axis of frameAxes) offsets.push(inner(axis, dq));
        found.push(intensity[(index[0] * SIZE + index[1]) * SIZE + index[2]]!);
      }
  const roots = (at: readonly number[]): number[] => Array.from(scattered(Float64Array.from(at)));
  return {
    correlation: correlation(found, roots(offsets)),
    inverted: correlation(found, roots(offsets.map((value) => -value))),
    tilt: Math.max(...axes.map((axis, a) => (Math.acos(Math.min(1, inner(axis, frameAxes[a]!))) * 180) / Math.PI)),
  };
}

let engine: Promise<EngineWorker> | undefined;

/** The networks that the app judges by. */
async function loaded(): Promise<EngineWorker> {
  const worker = createEngineWorker();
  await worker.load('three-class', undefined, modelBeside());
  return worker;
}

async function judged(intensity: Float32Array, { doubts }: ReducedRecord): Promise<Judgement> {
  const answer = await (await (engine ??= loaded())).judge(intensity, 1);
  return judge(answer.logits, answer.model, undefined, besideIn(answer), doubts);
}
