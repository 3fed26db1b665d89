import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '@core/random/stream';
import { readModel } from '@main/engine/model';
import { evaluateModel } from '@main/learn/job';
import { encodeNpy } from '@main/files/npy';
import { runStudy, type StudyOptions, type StudyProgress } from '@main/study/mix';
import { checkSettings, modelFolder } from '@main/study/mix/folder';
import { reportSchema, type Report } from '@main/study/mix/report';
import { fakeRelaxing } from '../../../support/relaxer';
import { temporaryFolder } from '../../../support/build';
import { runCli } from '../../../support/cli';

const root = mkdtempSync(join(tmpdir(), 'mix-'));
afterAll(() => rmSync(root, { recursive: true }));

const settings = checkSettings({
  ...{ seed: 3, crystals: 18, orientations: 1, cells: [12, 13], split: { validation: 0.1, test: 0.2 } },
  training: { epochs: 2, batch: 4 },
});
const rows = ['unrelaxed', 'mixed'] as const;

/** Noise that stands for raw scans: one of each place. */
function makeRawSet(): string {
  const folder = join(root, 'raw-scans');
  mkdirSync(folder);
  const random = stream(1, 'mix test');
  const data = Float32Array.from({ length: 3 * 64 ** 3 }, () => random.uniform());
  writeFileSync(join(folder, 'patterns-0000.npy'), encodeNpy({ shape: [3, 64, 64, 64], data }));
  const lines = (['perfect', 'screw', 'edge'] as const).map((label, crystal) =>
    JSON.stringify({ crystal, split: 'test', label, oversampling: 3, offCentre: crystal / 9 }),
  );
  writeFileSync(join(folder, 'manifest.jsonl'), `${lines.join('\n')}\n`);
  return folder;
}

/** When each file of a folder was last written. */
const times = (folder: string): Record<string, number> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), statSync(join(parentPath, name)).mtimeMs]),
  );

describe('a study of training sets', () => {
  const folder = join(root, 'study');
  const tools = fakeRelaxing({ move: 0.3 });
  let options: StudyOptions;
  let report: Report | undefined;
  let partial: Report | undefined;
  const seen: StudyProgress[] = [];

  beforeAll(async () => {
    options = { rows, raw: makeRawSet(), relaxing: tools, onProgress: (progress) => void seen.push(progress) };
    // Stopped in the second row's training: the first row is done and in the table.
    const stop = new AbortController();
    const stopped = await runStudy(folder, settings, {
      ...options,
      signal: stop.signal,
      onProgress: ({ task, done }) => task === 'training mixed' && done > 0 && stop.abort(),
    });
    expect(stopped).toBeUndefined();
    partial = reportSchema.parse(JSON.parse(readFileSync(join(folder, 'dataset-mix.json'), 'utf8')));
    report = await runStudy(folder, settings, options);
  }, 600_000);

  it('leaves what is done usable when it is stopped', () => {
    expect(partial?.rows.map(({ set, training }) => [set !== null, training !== null])).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(partial?.judgements.map(({ by, on }) => `${by} on ${on}`)).toEqual([
      'unrelaxed on unrelaxed',
      'unrelaxed on raw',
    ]);
  });

  it('goes on where it was: sets are not made, steps and judgements not done again', () => {
    expect(tools.relaxed).toBe(settings.crystals);
    const steps = seen.filter(({ task }) => task === 'training mixed').map(({ done }) => done);
    // 12 training patterns, 4 a step, twice; one step was done before the stop.
    expect(steps).toEqual([0, 2, 3, 4, 5, 6]);
    expect(seen.filter(({ task }) => task === 'training unrelaxed').map(({ done }) => done)).toEqual([0]);
    expect(seen.some(({ task, done }) => task === 'network unrelaxed on set unrelaxed' && done > 0)).toBe(false);
    expect(seen.at(-1)?.tasks).toBe(10);
  });

  it('trains every row alike and judges every network on every set', async () => {
    expect(report?.rows.map(({ training }) => training?.steps)).toEqual([6, 6]);
    expect(report?.judgements).toHaveLength(6);
    for (const { by, on, total, model } of report!.judgements) {
      const network = modelFolder(folder, settings, by);
      const { card } = await readModel(network);
      expect(model).toBe(card.sha256);
      if (on === by) expect(total).toEqual(card.test);
      const set = on === 'raw' ? (options.raw as string) : join(folder, 'sets', on);
      expect(total).toEqual((await evaluateModel(network, set)).evaluation);
    }
  }, 180_000);

  it('tells centred dislocations from those off centre, among the raw scans and in the sets', () => {
    expect(report!.judgements.map(({ on }) => on)).toEqual(expect.arrayContaining(['unrelaxed', 'raw']));
    for (const { on, parts, total } of report!.judgements) {
      const sum = Object.values(parts).reduce((n, part) => n + (part?.patterns ?? 0), 0);
      expect(sum).toBe(total.patterns);
      if (on === 'unrelaxed') expect(parts.offCentre).toBeUndefined();
      if (on === 'raw')
        expect([parts.perfect, parts.centred, parts.offCentre].map((part) => part?.patterns)).toEqual([
          1,
          undefined,
          2,
        ]);
    }
  });

  it('writes the same as it returns, and a table with the paper beside it', () => {
    const written: unknown = JSON.parse(readFileSync(join(folder, 'dataset-mix.json'), 'utf8'));
    expect(reportSchema.parse(written)).toEqual(report);
    const text = readFileSync(join(folder, 'dataset-mix.md'), 'utf8');
    expect(text).not.toContain('Not finished');
    expect(text).not.toMatch(/undefined|NaN|null/);
    const own = report!.judgements.find(({ by, on }) => by === 'mixed' && on === 'mixed')!.total;
    const right = own.confusion.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(text).toContain(`(${right}/${own.patterns}) | 97.6 %`);
    expect(text).toContain('p 0 s 94 e 6');
    expect(text).toContain("Other rows' test sets: ");
  });

  it('does nothing twice', async () => {
    const before = times(folder);
    await runStudy(folder, settings, options);
    const after = times(folder);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.filter((path) => !/dataset-mix\.(json|md)$/.test(path))).toEqual([]);
    expect(tools.relaxed).toBe(settings.crystals);
  });

  it('trains in another way on the same sets, beside the networks there are', async () => {
    const again = { ...settings, training: { ...settings.training, epochs: 1 } };
    const other = await runStudy(folder, again, { ...options, rows: ['mixed'], raw: 0 });
    expect(tools.relaxed).toBe(settings.crystals);
    expect(other?.rows.map(({ training }) => training?.steps)).toEqual([3]);
    expect((await readModel(modelFolder(folder, settings, 'mixed'))).card.training.epochs).toBe(2);
  }, 300_000);

  it('is refused another study’s folder, and a folder of other things', async () => {
    const other = { ...settings, seed: 4 };
    await expect(runStudy(folder, other, options)).rejects.toMatchObject({ code: 'study-differs' });
    const foreign = temporaryFolder();
    writeFileSync(join(foreign, 'notes.txt'), 'mine');
    await expect(runStudy(foreign, settings, options)).rejects.toMatchObject({ code: 'study-differs' });
    expect(readdirSync(foreign)).toEqual(['notes.txt']);
  });
});

describe('braggwatch study dataset-mix', () => {
  it('knows wrong usage when it sees it', () => {
    const folder = join(temporaryFolder(), 'new');
    const row = runCli(['study', 'dataset-mix', '--out', folder, '--rows', 'mixed,huge']);
    expect([row.code, row.err]).toEqual([2, expect.stringContaining('no row huge')]);
    expect(runCli(['study', 'dataset-mix', '--out', folder, '--crystals', '6']).code).toBe(2);
    expect(runCli(['study', 'dataset-mix', '--out', folder, '--cells', '1,2,3']).code).toBe(2);
    expect(existsSync(folder)).toBe(false);
  }, 180_000);
});
