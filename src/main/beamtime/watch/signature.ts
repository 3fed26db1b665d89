import { createHash } from 'node:crypto';
import { signatureOf } from '@main/files/signature';
import { geometryPlaces } from '@main/scan/beside';

/** Digest of how several files look; empty where none of them is there. */
export function looksOf(paths: readonly string[]): string {
  const looks = paths.map(signatureOf);
  if (looks.every((look) => look === 'absent')) return '';
  return createHash('sha256').update(looks.join('\n')).digest('hex').slice(0, 16);
}

/**
 * How a source looks from outside, a geometry file beside it included.
 * @param beside other files that its scans are made of
 */
export function sourceSignature(path: string, beside: readonly string[] = []): string {
  const others = looksOf([...geometryPlaces(path), ...beside]);
  return others === '' ? signatureOf(path) : `${signatureOf(path)}:${others}`;
}

/** What a scan was seen with: its source's signature, and what counts into it of the scan itself. */
export const withScan = (signature: string, ...parts: readonly (number | boolean)[]): string =>
  [signature, ...parts].join('/');

/** The source's part of it. */
export const sourceOf = (signature: string): string => signature.split('/')[0] ?? signature;
