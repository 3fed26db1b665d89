import { relative } from 'node:path';
import { BraggwatchError } from '@contract/errors';

/** What a look at a folder passed over. */
export interface Overlooked {
  /** Files without a scan in a known layout, in name order. */
  readonly strangers: readonly string[];
  /** The entry at which the look ended, where there are too many. */
  readonly endedAt?: string;
}

/** Named as examples; the rest is counted. */
const mostNamed = 3;

/** One problem for all files whose layout nobody knows, however many; undefined where there are none. */
export function unknownLayout(root: string, { strangers }: Overlooked): BraggwatchError | undefined {
  if (strangers.length === 0) return undefined;
  const names = strangers.slice(0, mostNamed).map((path) => relative(root, path) || path);
  const count = strangers.length === 1 ? '1 file' : `${strangers.length} files`;
  const some = strangers.length > mostNamed ? 'e.g. ' : '';
  return new BraggwatchError('layout-unknown', `${count} in ${root}: ${some}${names.join(', ')}`);
}

/** The walk's word where a tree is larger than it looks through. */
export function tooLarge(root: string, { endedAt }: Overlooked): BraggwatchError | undefined {
  if (endedAt === undefined) return undefined;
  return new BraggwatchError('folder-too-large', `${root}, looked through as far as ${relative(root, endedAt)}`);
}
