import { existsSync } from 'node:fs';

/** Device files of a GPU on Linux: Mesa's, NVIDIA's, AMD's compute, and that of Windows' Linux. */
export const DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/kfd', '/dev/dxg'];

/** Whether it is worth looking for a GPU. Without a device file there is none on Linux, and whatever answers is software. */
export const mayHaveGpu = (platform = process.platform, exists: (path: string) => boolean = existsSync): boolean =>
  platform !== 'linux' || DEVICES.some(exists);
