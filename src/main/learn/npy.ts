import { open, type FileHandle } from 'node:fs/promises';
import { BraggwatchError } from '@contract/errors';
import { parseNpyHeader, type NpyHeader } from '@main/files/npy';

/** An array on disk, read piece by piece. */
export interface NpyFile {
  readonly shape: readonly number[];
  /** Item `index` along the first axis. */
  read(index: number): Promise<Float32Array>;
  close(): Promise<void>;
}

// A header of version 1, padded, as this program and NumPy write it, takes 128 bytes.
const LEAD_BYTES = 4096;

async function readHeader(file: FileHandle, path: string): Promise<{ shape: readonly number[]; start: number }> {
  const lead = new Uint8Array(LEAD_BYTES);
  const { bytesRead } = await file.read(lead, 0, lead.length, 0);
  let header: NpyHeader;
  try {
    header = parseNpyHeader(lead.subarray(0, bytesRead));
  } catch (cause) {
    throw new BraggwatchError('dataset-invalid', `${path} is no NumPy file`, { cause });
  }
  const { type, little, shape, fortran, start } = header;
  if (fortran || !little || !(type.make(0) instanceof Float32Array)) {
    throw new BraggwatchError('dataset-invalid', `${path} holds no little-endian float32 in C order`);
  }
  return { shape, start };
}

/**
 * Opens a `.npy` file of little-endian float32.
 * @throws BraggwatchError dataset-invalid when it is something else, or shorter than its header says
 */
export async function openNpy(path: string): Promise<NpyFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new BraggwatchError('path-missing', path, { cause });
  });
  try {
    const { shape, start } = await readHeader(file, path);
    const item = shape.slice(1).reduce((a, b) => a * b, 1);
    const { size } = await file.stat();
    if (size < start + 4 * item * (shape[0] ?? 0)) throw new BraggwatchError('dataset-invalid', `${path} ends early`);
    return {
      shape,
      async read(index) {
        const out = new Float32Array(item);
        const bytes = new Uint8Array(out.buffer);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start + index * bytes.length);
        if (bytesRead !== bytes.length) throw new BraggwatchError('dataset-invalid', `${path} ends early`);
        return out;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
