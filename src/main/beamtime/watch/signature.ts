/** What a scan was seen with: its source's signature (`files/signature`), and what counts into it of the scan itself. */
export const withScan = (signature: string, ...parts: readonly (number | boolean)[]): string =>
  [signature, ...parts].join('/');

/** The source's part of it. */
export const sourceOf = (signature: string): string => signature.split('/')[0] ?? signature;
