import { describe, expect, it } from 'vitest';
import { flatIndex, prepareVolume } from '@renderer/drawing/slices/volume';
import { wireVolume } from './wire-volume';

describe('prepareVolume', () => {
  it('finds the brightest voxel', () => {
    const volume = prepareVolume(wireVolume([3, 4, 5], (i, j, k) => (i === 2 && j === 1 && k === 3 ? 1 : 0.1)));
    expect(volume.peak).toEqual([2, 1, 3]);
    expect(volume.intensity[flatIndex(volume.shape, volume.peak)]).toBe(1);
  });

  it('reads intensities from any byte offset, as a message decoder hands them out', () => {
    const wire = wireVolume([2, 2, 2], (i, j, k) => (i + j + k) / 3);
    const shifted = new Uint8Array(33);
    shifted.set(wire.intensity, 1);
    const volume = prepareVolume({ ...wire, intensity: shifted.subarray(1) });
    expect([...volume.intensity]).toEqual([...new Float32Array(wire.intensity.buffer as ArrayBuffer)]);
  });

  it('projects once per mode, and samples what is shown for the colour limits', () => {
    const volume = prepareVolume(wireVolume([2, 2, 2], (i, _j, k) => (i + k) / 2));
    expect(volume.shadows('sum')).toBe(volume.shadows('sum'));
    expect([...volume.sample('cut')]).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1]);
    // Sums along the first axis: 0.5 and 1.5; along the second 0, 1, 1, 2; along the third 0.5, 1.5. All over 2.
    expect([...volume.sample('sum')]).toEqual([0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 0.75, 0.75, 1]);
  });

  it('refuses bytes that do not fill the shape', () => {
    const wire = wireVolume([2, 2, 2], () => 1);
    expect(() => prepareVolume({ ...wire, shape: [2, 2, 3] })).toThrow(RangeError);
    expect(() => prepareVolume({ ...wire, mask: new Uint8Array(7) })).toThrow(RangeError);
  });
});
