import { basename, dirname, join } from 'node:path';
import { openHdf5 } from '@main/hdf5/file';
import { cdiutilsFacts, cdiutilsFrames } from './cdiutils';
import type { ScanFacts } from '../types';
import { isFile } from '@main/files/stat';

/**
 * What cdiutils recorded of the stack that it made for PyNX: its preprocessed file lies beside, or in the folder above, and holds the
 * same frames.
 * @param shape frames, rows and columns
 * @throws BraggwatchError scan-unreadable, scan-truncated
 */
export function cdiutilsBeside(source: string, shape: readonly number[]): Partial<ScanFacts> | undefined {
  const scan = /^(S\d+)_pynx_input_data\.np[yz]$/i.exec(basename(source))?.[1];
  if (scan === undefined) return undefined;
  const folders = [dirname(source), dirname(dirname(source))];
  const path = folders.map((folder) => join(folder, `${scan}_preprocessed_data.cxi`)).find(isFile);
  if (path === undefined) return undefined;
  const file = openHdf5(path);
  try {
    const frames = cdiutilsFrames(file);
    const same = frames !== undefined && file.info(frames)?.shape.join() === shape.join();
    return same ? cdiutilsFacts(file) : undefined;
  } finally {
    file.close();
  }
}
