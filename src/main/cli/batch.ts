import { resolve } from 'node:path';
import { BraggwatchError, type Problem } from '@contract/errors';
import { createClassifier, type Classifier } from '@main/models/classifier';
import { FIRST_MODEL } from '@main/models/model-choice';
import type { ReduceOptions } from '@main/reading/volume';
import { createScanSetup, type ScanSetup } from '@main/beamtime/scan-setup';
import { createScanWorker } from '@main/beamtime/scan-worker';
import { shippedSettings } from '@main/ledger/settings';
import { nodeLauncher } from '@main/process/launcher';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { shippedPresets } from '@main/scan/presets';
import { recognise } from '@main/scan/recognise';
import { frameFiles } from '@main/scan/spec/frames';
import type { ScanFacts } from '@main/scan/types';
import { realPath } from '@main/files/roots';
import { withOthers, withRecognised, worthLooking } from '@main/beamtime/watch/others';
import { passedOver, unknownLayout } from '@main/beamtime/watch/overlooked';
import { walk, type Source } from '@main/beamtime/watch/walk';
import { complainOf } from './output';
import { checkPreset } from './named';
import { readGeometry, type ScanOptions } from './options';

/** What a command without a running app works with. */
export interface Batch extends Pick<ScanSetup, 'optionsFor'> {
  readonly scans: Worker<ScanService>;
  /**
   * Every scan of a source.
   * @param patience `patient` for one that took a brisk look too long
   * @throws BraggwatchError those of the readers, worker-died, timed-out
   */
  list(source: Source, patience?: 'brisk' | 'patient'): Promise<readonly ScanFacts[]>;
  readonly classifier: Classifier;
  /** Folders into which links may lead. */
  readonly allowed: readonly string[];
  close(): void;
}

/**
 * @param paths that the command was given
 * @throws BraggwatchError engine-unavailable, geometry-invalid, path-missing; usage where a preset is named that there is not
 */
export function openBatch(paths: readonly string[], options: ScanOptions, frame: ReduceOptions['frame'] = 'q'): Batch {
  const file = readGeometry(options.geometry);
  checkPreset(options.preset, shippedPresets());
  if (file?.preset !== undefined) checkPreset(file.preset, shippedPresets());
  // What the paths hold may lead anywhere in them: whoever names a folder means all of it.
  const within = (): string[] => [...paths, ...(options.allow ?? [])];
  const scans = createScanWorker(nodeLauncher, within, { readMs: READ_MS });
  const patient = createScanWorker(nodeLauncher, within, { patient: true });
  const classifier = createClassifier(nodeLauncher, options.model ?? FIRST_MODEL, options.engine);
  const setup = createScanSetup(shippedSettings, {
    preset: () => options.preset,
    file,
    method: options.method,
    frame,
  });
  return {
    scans,
    list: ({ path, format }, patience) => (patience === 'patient' ? patient : scans).call('list', path, format),
    classifier,
    optionsFor: setup.optionsFor,
    allowed: options.allow ?? [],
    close() {
      scans.close();
      patient.close();
      classifier.close();
    },
  };
}

/** A command waits longer for a large scan than a watched folder does, where others come after it. */
const READ_MS = 600_000;

/** What the paths of a command stand for. */
export interface Sources {
  /** Each place once, links resolved. */
  readonly sources: readonly Source[];
  /** Paths without any: the others are none the worse for them. */
  readonly failed: readonly { readonly path: string; readonly problem: Problem }[];
  /** What else lies there, to be said where nothing in the sources is a scan. */
  readonly beside: readonly BraggwatchError[];
}

/**
 * The sources of all paths given; says what is passed over.
 * @param allowed folders into which links may lead
 * @throws BraggwatchError path-missing, path-unreadable, not-a-file, not-a-scan, format-unknown, layout-unknown, links-outside, folder-too-large where there is none in any path
 */
export function sourcesOf(paths: readonly string[], allowed: readonly string[] = []): Sources {
  const sources = new Map<string, Source>();
  const failed: Sources['failed'][number][] = [];
  const aside: BraggwatchError[] = [];
  let ended: BraggwatchError | undefined;
  for (const path of paths) {
    const { found, problems, beside } = lookAt(path, allowed);
    aside.push(...beside);
    // What a path fails by is said in its place.
    for (const problem of found.length === 0 ? problems.slice(1) : problems) complainOf(problem);
    for (const source of found) {
      const place = realPath(source.path) ?? source.path;
      if (!sources.has(place)) sources.set(place, source);
    }
    if (found.length > 0) continue;
    const problem = problems[0] ?? new BraggwatchError('format-unknown', path);
    failed.push({ path, problem: problem.toProblem() });
    ended ??= problem;
  }
  if (sources.size > 0 || !ended) return { sources: [...sources.values()], failed, beside: aside };
  for (const { problem } of failed.slice(1)) complainOf(problem);
  throw ended;
}

/** All scans that a path holds. @throws BraggwatchError those of {@link sourcesOf} */
export async function scansIn(path: string, batch: Batch): Promise<readonly ScanFacts[]> {
  const { sources } = sourcesOf([resolve(path)], batch.allowed);
  return (await Promise.all(sources.map((source) => batch.list(source, 'patient')))).flat();
}

/**
 * The one scan that a path and `--scan` name.
 * @throws BraggwatchError those of {@link sourcesOf}; scan-not-found where it is none, scans-several where it could be more than one
 */
export async function oneScan(path: string, batch: Batch, number: number | undefined): Promise<ScanFacts> {
  const scans = await scansIn(path, batch);
  const matching = scans.filter(({ ref }) => number === undefined || ref.number === number);
  const [facts] = matching;
  if (facts && matching.length === 1) return facts;
  const named = (list: readonly ScanFacts[]): string =>
    [
      ...list.slice(0, NAMED).map(({ ref }) => `${ref.source} --scan ${ref.number}`),
      ...(list.length > NAMED ? [`and ${list.length - NAMED} more`] : []),
    ].join(', ');
  if (matching.length > 1) throw new BraggwatchError('scans-several', `${scans.length} in ${path}: ${named(matching)}`);
  throw new BraggwatchError(
    'scan-not-found',
    `no scan ${number ?? ''} in ${path}, which holds ${named(scans) || 'none'}`,
  );
}

/** So many scans are named where one was to be chosen. */
const NAMED = 8;

interface Looked {
  readonly found: readonly Source[];
  readonly problems: readonly BraggwatchError[];
  readonly beside: readonly BraggwatchError[];
}

function lookAt(path: string, allowed: readonly string[]): Looked {
  try {
    const walked = walk(path, undefined, allowed);
    const known = new Map(worthLooking(walked).map((each) => [each, recognise(each)]));
    const { sources, ...passed } = withRecognised(walked, known);
    // A folder of bare images that is named outright is a scan whose geometry is to be given.
    if (sources.length === 0 && frameFiles(path).paths.length > 1)
      return { found: [{ path, format: 'tiff' }], problems: [], beside: [] };
    const told = sources.length === 0 ? withOthers(passed) : passed.overlooked;
    const beside = sources.length === 0 ? undefined : unknownLayout(path, { ...told, strangers: passed.others });
    return {
      found: sources,
      problems: Object.values(passedOver(path, told)).filter((problem) => problem !== undefined),
      beside: beside ? [beside] : [],
    };
  } catch (error) {
    if (error instanceof BraggwatchError) return { found: [], problems: [error], beside: [] };
    throw error;
  }
}
