import { basename, extname } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { GeometryFile } from '@contract/geometry';
import { factsOf } from '../geometry-file';
import type { ScanFacts, ScanRef, ScanSource } from '../types';
import type { FoundVolume } from './volume';

/** What there is to say of a volume in place of a scan: its planes along the first axis count as frames. */
export function volumeFacts(
  ref: ScanRef,
  { volume: { shape }, warnings }: FoundVolume,
  geometry: GeometryFile | undefined,
): ScanFacts {
  const name = basename(ref.source, extname(ref.source));
  return {
    ref,
    name,
    title: name,
    framesExpected: shape[0],
    framesPresent: shape[0],
    whole: true,
    unmarked: true,
    frameShape: [shape[1], shape[2]],
    ...factsOf(geometry),
    warnings,
  };
}

/** A volume opened: it is in memory. */
export function volumeSource(facts: ScanFacts, found: FoundVolume): ScanSource {
  const pixels = facts.frameShape[0] * facts.frameShape[1];
  return {
    facts,
    orthogonal: found,
    read: (from, to) => {
      if (from < 0 || to > facts.framesPresent)
        throw new BraggwatchError('frames-missing', `${facts.ref.source} has ${facts.framesPresent} planes`);
      return found.volume.intensity.slice(from * pixels, to * pixels);
    },
    close: () => undefined,
  };
}
