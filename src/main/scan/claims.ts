import type { FormatName } from '@contract/scan';

/** What a path is, as a directory listing tells without opening it. */
export type PathKind = 'file' | 'folder';

const last = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? '';

/** Lima's own frame files (`mpx1x4_0000.h5`) in a `scan0001` folder belong to the master above them. */
const limaFile = /[\\/]scan\d{4,}[\\/][^\\/]+$/i;

const rules: readonly { format: FormatName; kind: PathKind; name: RegExp; not?: RegExp }[] = [
  { format: 'spec-tiff', kind: 'folder', name: /_S\d{4,}$/ },
  { format: 'spec-tiff', kind: 'file', name: /\.spec$/i },
  { format: 'cxi', kind: 'file', name: /\.cxi$/i },
  { format: 'npz', kind: 'file', name: /\.np[yz]$/i },
  { format: 'bliss', kind: 'file', name: /\.(h5|hdf5)$/i, not: limaFile },
];

const temporary = (name: string): boolean => /^[.~]/.test(name) || /\.(tmp|part|swp)$/i.test(name);

/**
 * The format that a path could hold, from its name alone; hidden and temporary files hold none.
 * No file is opened and h5wasm is not loaded, so that the watching process can ask.
 */
export function claimedFormat(path: string, kind: PathKind): FormatName | undefined {
  const name = last(path);
  if (temporary(name)) return undefined;
  return rules.find((rule) => rule.kind === kind && rule.name.test(name) && !rule.not?.test(path))?.format;
}

/** What detectors and beamlines write that no reader claims: whoever watches such a folder waits in vain unless told. */
const strange = /\.(nxs|nx5?|nexus|hdf|he5|cbf|edf|tiff?)$/i;
/** Results of the app itself (a scan's id) and of `classify --out` (six characters of it with a letter among them, behind the scan's name). */
const ownResult = /(^[0-9a-f]{20}|-(?=\d*[a-f])[0-9a-f]{6})\.nxs$/;

/** Whether a file that no reader claims looks as if it held frames all the same, from its name alone. */
export function looksLikeFrames(path: string): boolean {
  const name = last(path);
  return strange.test(name) && !temporary(name) && !ownResult.test(name);
}
