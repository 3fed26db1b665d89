import { open, type FileHandle } from 'node:fs/promises';
import { BraggwatchError } from '@contract/errors';

/** An array on disk, read piece by piece. */
export interface NpyFile {
  readonly shape: readonly number[];
  /** Item `index` along the first axis. */
  read(index: number): Promise<Float32Array>;
  close(): Promise<void>;
}

const HEADER = /'descr':\s*'<f4'.*'fortran_order':\s*False.*'shape':\s*\(([\d,\s]*)\)/s;

async function readHeader(file: FileHandle, path: string): Promise<{ shape: number[]; start: number }> {
  const lead = Buffer.alloc(4096);
  const { bytesRead } = await file.read(lead, 0, lead.length, 0);
  // Version 1 has a 2-byte header length; nothing that numpy or this program writes for such an array needs more.
  const length = bytesRead >= 10 && lead.toString('latin1', 0, 8) === '\x93NUMPY\x01\x00' ? lead.readUInt16LE(8) : -1;
  const match = length < 0 ? null : HEADER.exec(lead.toString('latin1', 10, Math.min(bytesRead, 10 + length)));
  if (!match) throw new BraggwatchError('dataset-invalid', `${path} is no float32 array in C order`);
  const shape = match[1]!
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  return { shape, start: 10 + length };
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
