import { BraggwatchError } from '@contract/errors';
import { isMap, whatItIs } from './describe';
import { masterMask } from './eiger/master';
import { isEnergy } from './motor';
import { inspectNexus } from './nexus/facts';
import { askFiles, numberOf, openStacked, scanMeant } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

/** A rocking curve spans a few degrees at the most; what turns farther is a crystal's whole data set. */
const ROTATION_DEG = 20;

/** How far the scanned circle turned, degrees. */
function turnedBy({ motor = '', positions }: ScanFacts): number {
  const list = positions[motor];
  return typeof list === 'object' && !isEnergy(motor) ? Math.abs((list.at(-1) ?? 0) - (list[0] ?? 0)) : 0;
}

const list = (source: string): readonly ScanFacts[] =>
  askFiles((pool) => {
    const file = pool.open(source);
    const { facts, detector } = inspectNexus(pool, file);
    // One image, a map, or none at all: whoever wonders is told what the file is.
    const hopeless =
      !detector || (facts.motor === undefined && !facts.geometry && facts.framesExpected <= 1) || isMap(file);
    if (hopeless) throw new BraggwatchError('not-a-scan', `${source} is ${whatItIs(file)}`);
    const turned = turnedBy(facts);
    if (turned > ROTATION_DEG && !facts.geometry) {
      const rotation = `a rotation of ${facts.motor} by ${turned.toFixed(1)} deg, as for crystal structures`;
      throw new BraggwatchError('not-a-scan', `${source} is ${whatItIs(file)}; ${rotation}`);
    }
    return [facts];
  });

const open = (ref: ScanRef): ScanSource =>
  openStacked((pool) => {
    const file = pool.open(ref.source);
    const { facts, detector } = scanMeant(ref, [inspectNexus(pool, file)], numberOf);
    return { facts, frames: detector?.frames, masks: detector && masterMask(file, facts, detector.group) };
  });

/**
 * One scan per NeXus file: the masters of Dectris' detectors, NXmx, and beamlines that describe their circles by NXtransformations
 * (FORMATS sections 4, 7 and 8).
 */
export const nexusReader: ScanReader = {
  format: 'nexus',
  list,
  open,
};
