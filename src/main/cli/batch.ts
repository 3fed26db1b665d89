import { BraggwatchError } from '@contract/errors';
import { createClassifier, type Classifier } from '@main/models/classifier';
import { FIRST_MODEL } from '@main/models/model-choice';
import type { ReduceOptions } from '@main/reading/reduce-scan';
import { createScanSetup, type ScanSetup } from '@main/beamtime/scan-setup';
import { createSettings } from '@main/ledger/settings';
import { openLedger } from '@main/ledger/ledger';
import { nodeLauncher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { passedOver } from '@main/beamtime/watch/overlooked';
import { walk, type Source } from '@main/beamtime/watch/walk';
import { complainOf } from './output';
import { readGeometry, type ScanOptions } from './options';

/** What a command without a running app works with. */
export interface Batch extends Pick<ScanSetup, 'optionsFor'> {
  readonly scans: Worker<ScanService>;
  readonly classifier: Classifier;
  close(): void;
}

const TIMEOUT_MS = 600_000;

/** @throws BraggwatchError engine-unavailable, geometry-invalid, path-missing */
export function openBatch(options: ScanOptions, frame: ReduceOptions['frame'] = 'q'): Batch {
  const file = readGeometry(options.geometry);
  const scans = createWorker<ScanService>(nodeLauncher, 'scan-worker', { timeoutMs: TIMEOUT_MS });
  const classifier = createClassifier(nodeLauncher, options.model ?? FIRST_MODEL, options.engine);
  // A batch neither remembers nor depends on what was answered in the app: its geometry is on the command line.
  const ledger = openLedger(':memory:');
  const setup = createScanSetup(createSettings(ledger), {
    preset: () => options.preset,
    file,
    method: options.method,
    frame,
  });
  return {
    scans,
    classifier,
    optionsFor: setup.optionsFor,
    close() {
      scans.close();
      classifier.close();
      ledger.close();
    },
  };
}

/**
 * The sources of all paths given, each once; says what is passed over.
 * @throws BraggwatchError path-missing, path-unreadable, format-unknown, layout-unknown, folder-too-large
 */
export function sourcesOf(paths: readonly string[]): Source[] {
  const sources = new Map<string, Source>();
  for (const path of paths) {
    const found = walk(path);
    const problems = Object.values(passedOver(path, found)).filter((problem) => problem !== undefined);
    const empty = found.sources.length === 0;
    // What ends the command is said at its end.
    for (const problem of empty ? problems.slice(1) : problems) complainOf(problem);
    if (empty) throw problems[0] ?? new BraggwatchError('format-unknown', path);
    for (const source of found.sources) sources.set(source.path, source);
  }
  return [...sources.values()];
}
