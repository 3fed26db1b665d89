import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { ScanRef } from '@main/scan/types';

/** A scan's name in the ledger, the same after every restart: from its source's absolute path and its number. */
export const scanId = ({ source, number }: Pick<ScanRef, 'source' | 'number'>): string =>
  createHash('sha256')
    .update(`${resolve(source)}#${number}`)
    .digest('hex')
    .slice(0, 20);

/**
 * Six characters of a scan's id, behind its name in the file of a result: the first six with a letter among them. Six digits alone could
 * be a detector's own count.
 */
export const resultMark = (id: string): string => /(?=\d{0,5}[a-f])[0-9a-f]{6}/.exec(id)?.[0] ?? id.slice(0, 6);

/** A name may have 255 bytes, and more comes behind this part of it. */
const LONGEST = 150;

/** The name of a scan's result without its ending: the scan's own, with a mark where two scans share it. */
export const resultName = ({ id, name }: { readonly id: string; readonly name: string }): string =>
  `${nameInFiles(name)}-${resultMark(id)}`;

/** A scan's name as part of a file's. */
export const nameInFiles = (name: string): string => name.replaceAll(/[^\w.-]+/g, '_').slice(0, LONGEST);
