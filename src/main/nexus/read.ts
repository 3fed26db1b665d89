import { BraggwatchError } from '@contract/errors';
import { mostVoxels, volumeSchema, type Volume } from '@contract/volume';
import { openHdf5 } from '@main/hdf5/index';

const AXES = ['q1', 'q2', 'q3'] as const;

/**
 * Reads the volume back from a result written by {@link writeNexus}.
 * @throws BraggwatchError path-missing, scan-unreadable
 */
export function readVolume(path: string): Volume {
  const file = openHdf5(path);
  try {
    const group = '/entry/volume';
    const shape = file.info(`${group}/intensity`)?.shape;
    const axes = AXES.map((name) => file.numbers(`${group}/${name}`));
    const rows = file.numbers(`${group}/frame`);
    if (
      shape?.length !== 3 ||
      shape[0]! * shape[1]! * shape[2]! > mostVoxels ||
      !rows ||
      axes.some((a) => !a || a.length < 2)
    ) {
      throw new BraggwatchError('scan-unreadable', `${path} is no result of Braggwatch`);
    }
    const intensity = Float32Array.from(file.read(`${group}/intensity`, 0, shape[0]!));
    const mask = Uint8Array.from(file.read(`${group}/mask`, 0, shape[0]!));
    const row = (i: number): [number, number, number] => [rows[3 * i]!, rows[3 * i + 1]!, rows[3 * i + 2]!];
    return volumeSchema.parse({
      shape: [...shape],
      intensity: new Uint8Array(intensity.buffer),
      mask,
      origin: axes.map((axis) => axis![0]!),
      voxel: axes[0]![1]! - axes[0]![0]!,
      frame: [row(0), row(1), row(2)],
      frameName: 'q',
    });
  } finally {
    file.close();
  }
}
