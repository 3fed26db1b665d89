import { BraggwatchError } from '@contract/errors';
import { createFilePool } from '@main/hdf5/link';
import { isMap, whatItIs } from './describe';
import { masterMask } from './eiger/master';
import { checkPositions } from './geometry-file';
import { inspectNexus } from './nexus/facts';
import type { ScanFacts, ScanReader, ScanRef, ScanSource } from './types';

function list(source: string): readonly ScanFacts[] {
  const pool = createFilePool();
  try {
    const file = pool.open(source);
    const inspected = inspectNexus(pool, file);
    const { facts, detector } = inspected;
    // One image, a map, or none at all: whoever wonders is told what the file is.
    const hopeless =
      !detector || (facts.motor === undefined && !facts.geometry && facts.framesExpected <= 1) || isMap(file);
    if (hopeless) throw new BraggwatchError('not-a-scan', `${source} is ${whatItIs(file)}`);
    return [facts];
  } finally {
    pool.close();
  }
}

function open(ref: ScanRef): ScanSource {
  const pool = createFilePool();
  try {
    const file = pool.open(ref.source);
    const { facts, detector } = inspectNexus(pool, file);
    if (facts.ref.number !== ref.number)
      throw new BraggwatchError('scan-not-found', `scan ${ref.number} of ${ref.source}; it has ${facts.ref.number}`);
    if (facts.geometry) checkPositions(facts, facts.framesPresent + (facts.framesEmpty ?? 0));
    const frames = detector?.frames;
    return {
      facts,
      ...(frames?.typeMaximum !== undefined && { typeMaximum: frames.typeMaximum }),
      ...(detector && masterMask(file, facts, detector.group)),
      read: (from, to, into) => {
        if (!frames) throw new BraggwatchError('frames-missing', `${facts.name} has no area detector`);
        return frames.read(from, to, into);
      },
      readRows: (frame, top, bottom) => frames?.readRows?.(frame, top, bottom),
      close: () => pool.close(),
    };
  } catch (error) {
    pool.close();
    throw error;
  }
}

/**
 * One scan per NeXus file: the masters of Dectris' detectors, NXmx, and beamlines that describe their circles by NXtransformations
 * (FORMATS sections 4, 7 and 8).
 */
export const nexusReader: ScanReader = {
  format: 'nexus',
  list,
  open,
};
