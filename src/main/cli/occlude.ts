import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import { occlusionMap, PLAN, type OcclusionResult } from '@main/explain/occlusion';
import { placeIn } from '@main/files/laid';
import { encodeNpz } from '@main/files/npy';
import { oneScan, openBatch } from './batch';
import { modelUsed } from './model-used';
import { checkModel } from './named';
import { familyIfKnown } from '@core/network/family';
import type { ScanOptions } from './options';
import { complain, EXIT, print } from './output';

export interface OccludeCommandOptions extends ScanOptions {
  readonly out: string;
  readonly radius: number;
  readonly stride: number;
}

/** `occlude PATH --out FILE.npz`: how far the verdict's probability falls when a sphere of the pattern is masked. */
export async function occlude(path: string, options: OccludeCommandOptions): Promise<number> {
  const { radius, stride, out } = options;
  if (!(radius >= 1 && radius <= PLAN.size)) throw new BraggwatchError('usage', 'the radius is 1 to 64 voxels');
  if (![1, 2, 4, 8, 16, 32].includes(stride))
    throw new BraggwatchError('usage', 'the stride is a power of two up to 32');
  const model = modelUsed(options.model);
  await checkModel(model);
  const batch = openBatch([path], { ...options, model });
  const volumes = mkdtempSync(join(tmpdir(), 'braggwatch-volumes-'));
  try {
    const facts = await oneScan(path, batch, options.scan);
    const laid = placeIn(volumes);
    const record = await batch.scans.call('reduce', facts.ref, batch.optionsFor(facts), laid);
    // Loaded before the clock starts.
    await batch.classifier.facts();
    const plan = { ...PLAN, radius, stride, coarse: Math.max(PLAN.coarse, stride) };
    const started = performance.now();
    const result = await occlusionMap(
      { laid },
      plan,
      { classifier: batch.classifier, family: familyIfKnown(record.hkl) },
      (_, done, total) => complain(`${done} of ${total} places`),
    );
    const seconds = (performance.now() - started) / 1000;
    writeFileSync(out, mapArrays(result, radius));
    const measured = result.measured.reduce((sum, one) => sum + one, 0);
    const { classes, name, hash } = result.model;
    const facing = {
      class: classes[result.named],
      probability: result.probability,
      drop: Math.max(...result.drop),
    };
    if (options.json)
      print(JSON.stringify({ scan: facts.name, out, model: { name, hash }, ...facing, places: measured, seconds }));
    else {
      const falls = `${facing.probability.toFixed(3)} falls by up to ${facing.drop.toFixed(3)}`;
      print(`${facts.name}  ${out}  ${facing.class} ${falls}; ${measured} places in ${seconds.toFixed(1)} s`);
    }
    return EXIT.done;
  } finally {
    batch.close();
    rmSync(volumes, { recursive: true, force: true });
  }
}

/** The arrays of `occlude --out`: the map, which of it was computed, and the centres along each axis in voxels. */
function mapArrays({ axis, drop, measured, probability, named }: OcclusionResult, radius: number): Uint8Array {
  const shape = [axis.length, axis.length, axis.length];
  return encodeNpz({
    drop: { shape, data: drop },
    measured: { shape, data: measured },
    centres: { shape: [axis.length], data: Float64Array.from(axis) },
    radius: { shape: [], data: Float64Array.of(radius) },
    probability: { shape: [], data: Float64Array.of(probability) },
    class: { shape: [], data: Float64Array.of(named) },
  });
}
