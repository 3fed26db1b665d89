import { BraggwatchError } from '@contract/errors';
import { isMap, whatItIs } from './describe';
import { masterMask } from './eiger/master';
import { inspectNexus } from './nexus/facts';
import { askFiles, numberOf, openStacked, scanMeant } from './stacked';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

const list = (source: string): readonly ScanFacts[] =>
  askFiles((pool) => {
    const file = pool.open(source);
    const { facts, detector } = inspectNexus(pool, file);
    // One image, a map, or none at all: whoever wonders is told what the file is.
    const hopeless =
      !detector || (facts.motor === undefined && !facts.geometry && facts.framesExpected <= 1) || isMap(file);
    if (hopeless) throw new BraggwatchError('not-a-scan', `${source} is ${whatItIs(file)}`);
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
