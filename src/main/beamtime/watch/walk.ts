import { accessSync, constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { BraggwatchError } from '@contract/errors';
import type { FormatName } from '@contract/scan';
import { isWithin, realPath } from '@main/files/roots';
import { belongsTo, claimOf, isOwnResult, isTold, type Claim } from '@main/scan/formats';
import { recognise } from '@main/scan/recognise';
import { targetOf } from './links';
import { STEP } from './listing';
import { lookInto, mayHoldFrames, noteOf, type Noted } from './look';
import { createFolderMemory, type FolderMemory } from './memory';
import type { Overlooked } from './overlooked';
import { statOf } from '@main/files/stat';

/** A file or folder that a reader claims. */
export interface Source {
  readonly path: string;
  readonly format: FormatName;
}

type Claimed = Claim & Pick<Source, 'path'>;

/** What lies below a path, as far as names tell. */
export interface Walked extends Overlooked {
  readonly sources: readonly Source[];
  /** Files whose names tell of nothing, in name order: what they hold is told by their first bytes. */
  readonly others: readonly string[];
}

/** Deep enough for <proposal>/<beamline>/<date>/RAW_DATA/<sample>/<dataset>. */
const MAX_DEPTH = 10;
/** A folder of frames of a long scan; a tree with more entries is walked no further, and says so. */
const MAX_ENTRIES = 200_000;

/** The front process does nothing else for so long, ms. */
const BREATH_MS = 8;

/** @throws BraggwatchError path-missing, path-unreadable, format-unknown, not-a-file, not-a-scan */
export const findSources = (root: string): readonly Source[] => walk(root).sources;

/** In one go, for a command; see {@link walkBreathing}. */
export function walk(root: string, mostEntries = MAX_ENTRIES, roots: readonly string[] = []): Walked {
  const steps = walking(root, mostEntries, roots, createFolderMemory());
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same in the front process: with very many entries it takes seconds, and the screen must not wait for it.
 * @param memory of the walks of this folder before
 * @throws BraggwatchError path-missing, path-unreadable, format-unknown, not-a-file, not-a-scan
 */
export async function walkBreathing(
  root: string,
  roots: readonly string[] = [],
  memory = createFolderMemory<Walked>(),
): Promise<Walked> {
  const steps = walking(root, MAX_ENTRIES, roots, memory);
  for (let since = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < BREATH_MS) continue;
    await breath();
    since = performance.now();
  }
}

/**
 * Every source below a path, in name order, then those behind links, and what is passed over. A claimed folder is not entered. Links
 * are followed within the folder and the roots, each place once: loops end, and a link to what is there as itself adds nothing.
 * Between two of its steps something else may be done.
 * @param roots other folders into which links may lead
 * @throws BraggwatchError path-missing, path-unreadable, format-unknown, not-a-file, not-a-scan
 */
function* walking(
  root: string,
  mostEntries: number,
  roots: readonly string[],
  memory: FolderMemory<Walked>,
): Generator<void, Walked> {
  const stat = statOf(root);
  if (!stat) throw new BraggwatchError('path-missing', root);
  if (!stat.isDirectory() && !stat.isFile()) throw new BraggwatchError('not-a-file', root);
  const claimed = claimOf(root, stat.isDirectory() ? 'folder' : 'file');
  const only = (format: FormatName): Walked => ({
    sources: [{ path: root, format }],
    strangers: [],
    others: [],
    closed: [],
  });
  if (claimed) return only(claimed.format);
  if (!stat.isDirectory()) return only(formatOf(root));
  assertReadable(root);
  const still = yield* memory.still();
  if (still) return still;
  const found: Claimed[] = [];
  const strangers: string[] = [];
  const others: string[] = [];
  const closed: string[] = [];
  const outside: string[] = [];
  const irregular: string[] = [];
  const links: { readonly path: string; readonly depth: number }[] = [];
  /** Places that were met, links resolved. */
  const met = new Set<string>();
  const may = [root, ...roots].flatMap((folder) => realPath(folder) ?? []);
  let [entries, results] = [0, 0];
  let endedAt: string | undefined;
  const note = function* (
    path: string,
    is: Noted | 'result' | undefined,
    real: string,
    depth: number,
  ): Generator<void> {
    if (met.has(real)) return;
    if (is === 'folder') {
      if (depth < MAX_DEPTH && !basename(path).startsWith('.')) yield* enter(path, real, depth + 1);
    } else if (is === 'link') links.push({ path, depth });
    else if (is === 'stranger') strangers.push(path);
    else if (is === 'other') others.push(path);
    else if (is === 'irregular') irregular.push(path);
    else if (is === 'result') results++;
    else if (is) {
      met.add(real);
      found.push({ path, ...is });
    }
  };
  const enter = function* (folder: string, real: string, depth: number): Generator<void> {
    met.add(real);
    yield;
    if (endedAt !== undefined) return;
    const look = yield* memory.look(folder, (each) => lookInto(each, closed));
    if (!look) return;
    let begin = entries;
    for (const [n, { name, place, is }] of look.noted.entries()) {
      if (n % STEP === 0) yield;
      const path = join(folder, name);
      entries = begin + place + 1;
      if (entries > mostEntries) endedAt ??= path;
      if (endedAt !== undefined) return;
      yield* note(path, is, join(real, name), depth);
      // Those of folders in between are counted as well.
      begin = entries - place - 1;
    }
    entries = begin + look.entries;
    results += look.results;
  };
  yield* enter(root, may[0] ?? root, 0);
  // Behind everything that is there as itself; what lies behind a link may hold further ones.
  for (const { path, depth } of links) {
    yield;
    const target = targetOf(path, may);
    if ('real' in target) yield* note(path, noteOf(path, target.kind, []), target.real, depth);
    else if (target.kind === 'irregular') {
      if (mayHoldFrames(path)) irregular.push(path);
    } else if (target.folder || mayHoldFrames(path)) outside.push(path);
  }
  // Asked beforehand, a file server may promise more than it gives.
  if (closed.includes(root)) throw new BraggwatchError('path-unreadable', root);
  const formats = new Set(found.map(({ format }) => format));
  const nobodys = function* (paths: readonly string[]): Generator<void, string[]> {
    const left: string[] = [];
    for (const [n, path] of paths.entries()) {
      if (n % STEP === 0) yield;
      if (![...formats].some((format) => belongsTo(path, format))) left.push(path);
    }
    return left;
  };
  const walked: Walked = {
    sources: yield* withoutDoubles(found),
    strangers: yield* nobodys(strangers),
    others: yield* nobodys(others),
    ...(found.length === 0 && results > 0 && { resultsAlone: results }),
    closed,
    ...(outside.length > 0 && { outside }),
    ...(irregular.length > 0 && { irregular }),
    ...(endedAt !== undefined && { endedAt }),
  };
  // Where links lead, and what may not be read, changes without a folder's times.
  memory.walked(links.length === 0 && closed.length === 0 ? walked : undefined);
  return walked;
}

/**
 * The format of a file that is named outright, and that its name does not tell.
 * @throws BraggwatchError not-a-scan, format-unknown
 */
function formatOf(path: string): FormatName {
  if (isOwnResult(path)) throw new BraggwatchError('not-a-scan', `${path} is a result of Braggwatch`);
  const { format, what } = recognise(path);
  if (format && isTold(path)) return format;
  throw new BraggwatchError('format-unknown', `${path} (${what})`);
}

/**
 * Of sources that tell of the same scans one is left: beside and above those of a line of its format's matches, a source of a later
 * line is none, and what is a part of another format's scans in the same folder (an Eiger's master beside its .fio file) is none.
 */
function* withoutDoubles(claimed: readonly Claimed[]): Generator<void, Source[]> {
  const folders = new Map<FormatName, Set<string>>();
  for (const { format, path } of claimed) folders.set(format, (folders.get(format) ?? new Set()).add(dirname(path)));
  const isPart = ({ path, format }: Claimed): boolean =>
    [...folders].some(
      ([other, within]) =>
        other !== format &&
        belongsTo(path, other) &&
        [dirname(path), dirname(dirname(path))].some((folder) => within.has(folder)),
    );
  const lines = claimed.reduce((most, { line }) => Math.max(most, line), 0);
  const before = Array.from({ length: lines + 1 }, (_, line) => claimed.filter((other) => other.line < line));
  const isTold = ({ path, format, line }: Claimed): boolean =>
    before[line]!.some((other) => other.format === format && isWithin(dirname(path), other.path));
  const left: Source[] = [];
  for (const source of claimed) {
    yield;
    if (!isTold(source) && !isPart(source)) left.push({ path: source.path, format: source.format });
  }
  return left;
}

/** What is asked for must not look like an empty folder. */
function assertReadable(root: string): void {
  try {
    accessSync(root, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new BraggwatchError('path-unreadable', root, { cause });
  }
}
