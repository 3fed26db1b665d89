import type { MeasuredScan } from './measured';
import { judgementPath, modelFolder, partsOf, rawFolder, setFolder, stepsOf } from './folder';
import { judgeOnce } from './judgement';
import { judgeMeasured } from './measured';
import type { Kind } from './outlook';
import type { Findings } from './report';
import type { RowId } from './rows';
import type { StudySettings } from './settings';
import { makeRaw, makeSet, trainRow, type Advance, type StudyTools } from './tasks';

/** What is to be made of a study. */
export interface StudyWork {
  readonly folder: string;
  readonly settings: StudySettings;
  readonly tools: StudyTools;
  readonly rows: readonly RowId[];
  /** A set of raw scans that is there, or how many to make; 0 for none. */
  readonly raw: string | number;
  readonly rawPatterns: number;
  /** Measured scans, reduced. */
  readonly scans: readonly MeasuredScan[];
}

export interface Task {
  readonly name: string;
  readonly kind: Kind;
  readonly units: number;
  /** Does what a former run left undone, and notes what came of it. */
  run(advance: Advance): Promise<void>;
}

function judging({ folder, settings, tools, raw, rawPatterns }: StudyWork, found: Findings) {
  const units = (on: RowId | 'raw'): number => (on === 'raw' ? rawPatterns : partsOf(settings).test);
  const setOf = (on: RowId | 'raw'): string => {
    if (on !== 'raw') return setFolder(folder, on);
    return typeof raw === 'string' ? raw : rawFolder(folder);
  };
  return (by: RowId, on: RowId | 'raw'): Task => ({
    name: `network ${by} on ${on === 'raw' ? 'raw scans' : `set ${on}`}`,
    kind: 'judged patterns',
    units: units(on),
    async run(advance) {
      const path = judgementPath(folder, settings, by, on);
      const model = modelFolder(folder, settings, by);
      const judged = await judgeOnce(path, model, setOf(on), tools.engine, () => advance(units(on)));
      found.judgements.push({ ...judged, by, on });
    },
  });
}

function measuring({ folder, settings, tools, scans }: StudyWork, by: RowId, found: Findings): Task {
  return {
    name: `network ${by} on measured scans`,
    kind: 'judged patterns',
    units: scans.length,
    async run() {
      const judged = await judgeMeasured(scans, modelFolder(folder, settings, by), tools.engine);
      found.measured.push({ by, scans: judged });
    },
  };
}

/** All that is to be done, in order: a row's network is judged on what there is as soon as it is trained. */
export function planStudy(work: StudyWork, found: Findings): Task[] {
  const { folder, settings, tools, rows, raw, rawPatterns, scans } = work;
  const judge = judging(work, found);
  const ofRow = (row: RowId, n: number): Task[] => [
    {
      name: `set ${row}`,
      kind: row === 'unrelaxed' ? 'unrelaxed crystals' : 'relaxed crystals',
      units: settings.crystals,
      run: async (advance) => void found.sets.set(row, await makeSet(folder, row, settings, tools, advance)),
    },
    {
      name: `training ${row}`,
      kind: 'training steps',
      units: stepsOf(settings),
      run: async (advance) => void found.trainings.set(row, await trainRow(folder, row, settings, tools, advance)),
    },
    ...rows.slice(0, n + 1).map((set) => judge(row, set)),
    ...rows.slice(0, n).map((model) => judge(model, row)),
    ...(rawPatterns > 0 ? [judge(row, 'raw')] : []),
    ...(scans.length > 0 ? [measuring(work, row, found)] : []),
  ];
  const making: Task = {
    name: 'raw scans',
    kind: 'raw scans',
    units: rawPatterns,
    run: async (advance) => void (found.raw = await makeRaw(folder, rawPatterns, settings.seed, tools, advance)),
  };
  return [...(typeof raw === 'number' && raw > 0 ? [making] : []), ...rows.flatMap(ofRow)];
}
