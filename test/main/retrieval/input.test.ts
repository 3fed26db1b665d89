import { expect, it } from 'vitest';
import { VOXEL_GIVEN, type ReducedRecord } from '@main/nexus/record';
import { inputOf } from '@main/retrieval/input';

const cube = { intensity: new Float32Array(64 ** 3), mask: new Uint8Array(64 ** 3) };
const volume = {
  shape: [64, 64, 64],
  origin: [2.7 - 32e-3, -32e-3, -32e-3],
  voxel: 1e-3,
  frame: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as unknown as ReducedRecord['volume'];
const record = (q: number | undefined, from: 'file' | 'assumed') =>
  ({
    ...{ volume, unblurred: cube, hkl: null },
    reduction: { oversampling: 3.2, ...(q !== undefined && { q }) },
    geometry: [{ name: VOXEL_GIVEN, value: '', from }],
  }) as unknown as ReducedRecord;

it('tells phase retrieval where in reciprocal space a volume lies and how large its voxel is', () => {
  const { q, qLength, voxel, pattern, frame } = inputOf(record(2.7, 'file'));
  expect(qLength).toBeCloseTo(2.7, 12);
  expect(q[0]).toBeCloseTo(1, 12);
  expect(voxel).toBe(1e-3);
  expect(frame).toEqual(volume.frame);
  expect(pattern.volume).toBeCloseTo(20 ** 3, 6);
});

it('makes nothing up where the file does not tell: neither |Q| nor a scale', () => {
  const nowhere = inputOf(record(undefined, 'assumed'));
  expect(nowhere.q).toEqual([1, 0, 0]);
  for (const known of ['qLength', 'voxel', 'frame']) expect(nowhere).not.toHaveProperty(known);
  expect(inputOf(record(undefined, 'file'))).toMatchObject({ voxel: 1e-3 });
});
