import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { dataPrint } from '@main/scan/fingerprint';
import type { ScanSource } from '@main/scan/types';
import { memorySource } from '../reading/memory-source';

const SHAPE = [4, 5] as const;
const FRAMES = 9;
const counts = Float32Array.from({ length: FRAMES * 20 }, (_, i) => i % 7);

/** @param stored what tells of each frame, where something does */
function sourceOf(all: Float32Array, stored?: (frame: number) => string): { source: ScanSource; reads: () => number } {
  let reads = 0;
  const source = memorySource(all, SHAPE);
  return {
    source: {
      ...source,
      read: (from, to) => {
        reads++;
        return source.read(from, to);
      },
      ...(stored && { print: stored }),
    },
    reads: () => reads,
  };
}

it('a scan whose frames are told as they are stored is not read to be known again', () => {
  const { source, reads } = sourceOf(counts, (frame) => `bytes ${frame}`);
  const print = dataPrint(source);
  expect(dataPrint(source, print)).toBe(print);
  expect(reads()).toBe(0);
  for (const changed of [0, 4, 8])
    expect(dataPrint(sourceOf(counts, (f) => `bytes ${f === changed ? 'else' : f}`).source, print)).not.toBe(print);
});

it('a digest of the counts, as earlier versions made it, is compared with one of the counts', () => {
  const before = dataPrint(sourceOf(counts).source);
  const hash = createHash('sha256');
  for (const f of [0, 4, 8]) hash.update(counts.subarray(20 * f, 20 * f + 20));
  expect(before).toBe(hash.digest('hex').slice(0, 20));
  expect(dataPrint(sourceOf(counts, (frame) => `bytes ${frame}`).source, before)).toBe(before);
  expect(dataPrint(sourceOf(counts.with(0, 99), (frame) => `bytes ${frame}`).source, before)).not.toBe(before);
});

it('what can no longer be told as it was is another', () => {
  const print = dataPrint(sourceOf(counts, (frame) => `bytes ${frame}`).source);
  expect(dataPrint(sourceOf(counts).source, print)).not.toBe(print);
});
