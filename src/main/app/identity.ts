import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { ScanRef } from '@main/scan/types';

/** A scan's name in the ledger, the same after every restart: from its source's absolute path and its number. */
export const scanId = ({ source, number }: Pick<ScanRef, 'source' | 'number'>): string =>
  createHash('sha256')
    .update(`${resolve(source)}#${number}`)
    .digest('hex')
    .slice(0, 20);
