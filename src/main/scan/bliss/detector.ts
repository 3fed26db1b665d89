import { isFrameStack, openFrames, type FrameStack } from '@main/hdf5/frames';
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

/** Gaps and dead pixels read as the largest value there is. */
const SENTINEL = 2 ** 31;

/** Every area detector of a scan. One whose frames are linked and not there yet counts; one without any `data` does not. */
function areaDetectors(pool: FilePool, { file, path }: ScanGroup): BlissDetector[] {
  const instrument = `${path}/instrument`;
  const names = file.keys(instrument).filter((name) => !name.startsWith('positioners'));
  const ordered = [...known.filter((name) => names.includes(name)), ...names.filter((name) => !known.includes(name))];
  return ordered.flatMap((name): BlissDetector[] => {
    const group = `${instrument}/${name}`;
    const data = `${group}/data`;
    if (!file.externalLink(data) && !isFrameStack(file.info(data)?.shape)) return [];
    return [{ name, group, frames: openFrames(pool, file, data) }];
  });
}

/** Frames looked at to tell which detector saw the peak. */
const MOST_LOOKS = 48;

/** How far the counts of whole frames rise and fall, in standard deviations: a rocking curve does, background does not. */
function swing({ available, read }: FrameStack): number {
  const looks = Math.min(available, MOST_LOOKS);
  if (looks === 0) return -1;
  const sums = Array.from({ length: looks }, (_, k) => {
    const frame = Math.floor((k * available) / looks);
    let sum = 0;
    for (const value of read(frame, frame + 1)) if (value > 0 && value < SENTINEL) sum += value;
    return sum;
  });
  const mean = sums.reduce((sum, value) => sum + value, 0) / looks;
  return (Math.max(...sums) - Math.min(...sums)) / Math.sqrt(mean + 1);
}

/** The scan's area detector, and the others that saved frames too. */
export interface FoundDetector {
  readonly detector: BlissDetector;
  readonly others: readonly string[];
}

/** The scan's area detector: of several the one whose counts rise and fall with the scan, before any frame a known name. */
export function findDetector(pool: FilePool, group: ScanGroup): FoundDetector | undefined {
  const all = areaDetectors(pool, group);
  if (all.length === 0) return undefined;
  const swings = all.length === 1 ? [0] : all.map(({ frames }) => swing(frames));
  const best = all[swings.indexOf(Math.max(...swings))]!;
  return { detector: best, others: all.filter((one) => one !== best).map(({ name }) => name) };
}
