import { openFrames, type FrameStack } from '@main/hdf5/frames';
import type { FilePool } from '@main/hdf5/link';
import type { ScanGroup } from './group';

export interface BlissDetector {
  readonly name: string;
  /** `instrument/<det>`. */
  readonly group: string;
  readonly frames: FrameStack;
}

/** Area detectors of ID01 and ID27, looked for first: an instrument group holds a hundred counters. */
const known = ['mpx1x4', 'mpx4', 'mpxgaas', 'mpx22', 'maxipix', 'eiger2M', 'eiger', 'eiger4M', 'andor_zyla'];

/** Frames, and not the spectra of a fluorescence detector's elements. */
const isStack = (shape: readonly number[] = []): boolean => shape.length === 3 && Math.min(shape[1]!, shape[2]!) >= 16;

/**
 * The scan's area detector: a known name, else whatever holds a stack of frames.
 * One whose frames are linked and not there yet counts; one without any `data` does not.
 */
export function findDetector(pool: FilePool, { file, path }: ScanGroup): BlissDetector | undefined {
  const instrument = `${path}/instrument`;
  const names = file.keys(instrument).filter((name) => !name.startsWith('positioners'));
  const ordered = [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name))];
  for (const name of ordered) {
    const group = `${instrument}/${name}`;
    const data = `${group}/data`;
    if (!file.externalLink(data) && !isStack(file.info(data)?.shape)) continue;
    return { name, group, frames: openFrames(pool, file, data) };
  }
  return undefined;
}
