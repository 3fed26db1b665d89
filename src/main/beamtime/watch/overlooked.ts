import { relative } from 'node:path';
import { BraggwatchError } from '@contract/errors';

/** What a look at a folder passed over. */
export interface Overlooked {
  /** Files without a scan in a known layout, in name order. */
  readonly strangers: readonly string[];
  /** What some of them are, where that could be told: `a map, 5 x 5 points`. */
  readonly what?: ReadonlyMap<string, string | undefined>;
  /** Folders that the account may not read, in name order. */
  readonly closed: readonly string[];
  /** Links that lead out of the folder and of every root, in name order; they are not followed. */
  readonly outside?: readonly string[];
  /** Pipes, sockets and devices named like scans, and links to them or to nothing. */
  readonly irregular?: readonly string[];
  /** Results of this program, where there is nothing else. */
  readonly resultsAlone?: number;
  /** The entry at which the look ended, where there are too many. */
  readonly endedAt?: string;
}

/** Named as examples, of what is of one kind and of kinds; the rest is counted. */
const mostNamed = 3;
const mostKinds = 8;

function counted(root: string, paths: readonly string[], kind: string, what?: Overlooked['what']): string {
  const kinds = new Map<string | undefined, string[]>();
  for (const path of paths) {
    const same = kinds.get(what?.get(path)) ?? [];
    if (same.length < mostNamed) kinds.set(what?.get(path), [...same, relative(root, path) || path]);
  }
  const named = [...kinds].slice(0, mostKinds);
  const all = named.reduce((sum, [, names]) => sum + names.length, 0) === paths.length;
  const examples = named.map(([said, names]) => names.join(', ') + (said === undefined ? '' : ` (${said})`)).join(', ');
  const count = paths.length === 1 ? `1 ${kind}` : `${paths.length} ${kind.replace(/y$/, 'ie')}s`;
  return `${count} in ${root}: ${all ? '' : 'e.g. '}${examples}`;
}

/** One problem for all files whose layout nobody knows, however many; undefined where there are none. */
export function unknownLayout(root: string, { strangers, what }: Overlooked): BraggwatchError | undefined {
  return strangers.length === 0
    ? undefined
    : new BraggwatchError('layout-unknown', counted(root, strangers, 'file', what));
}

/** One problem for all folders below that may not be read. */
export function closedFolders(root: string, { closed }: Overlooked): BraggwatchError | undefined {
  return closed.length === 0 ? undefined : new BraggwatchError('path-unreadable', counted(root, closed, 'folder'));
}

/** One problem for all links that lead out. */
export function linksOutside(root: string, { outside = [] }: Overlooked): BraggwatchError | undefined {
  return outside.length === 0 ? undefined : new BraggwatchError('links-outside', counted(root, outside, 'link'));
}

/** One problem for all that is named like a scan and is no file. */
export function irregularFiles(root: string, { irregular = [] }: Overlooked): BraggwatchError | undefined {
  return irregular.length === 0 ? undefined : new BraggwatchError('not-a-file', counted(root, irregular, 'entry'));
}

/** Whoever looks where results are kept waits in vain unless told. */
export function resultsAlone(root: string, { resultsAlone: count }: Overlooked): BraggwatchError | undefined {
  if (count === undefined) return undefined;
  return new BraggwatchError('not-a-scan', `${root} holds results of Braggwatch, ${count} of them, and no scan`);
}

/** The walk's word where a tree is larger than it looks through. */
export function tooLarge(root: string, { endedAt }: Overlooked): BraggwatchError | undefined {
  if (endedAt === undefined) return undefined;
  return new BraggwatchError('folder-too-large', `${root}, looked through as far as ${relative(root, endedAt)}`);
}

/** All that a look passed over, by what an alert of it is called. */
export function passedOver(root: string, found: Overlooked): Record<string, BraggwatchError | undefined> {
  return {
    layout: unknownLayout(root, found),
    closed: closedFolders(root, found),
    links: linksOutside(root, found),
    irregular: irregularFiles(root, found),
    results: resultsAlone(root, found),
    'too-large': tooLarge(root, found),
  };
}
