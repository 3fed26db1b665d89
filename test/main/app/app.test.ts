import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OcclusionState } from '@contract/occlusion';
import type { InsideState } from '@contract/inside';
import type { Alert } from '@contract/app';
import type { EventName } from '@contract/events';
import type { VerdictLine } from '@contract/scan';
import { resultName } from '@main/beamtime/identity';
import { createApp, type AppOptions, type RunningApp } from '@main/app';
import { isFinal } from '@main/beamtime/rows';
import { createBlissScan, type BlissWriter } from '@main/demo/bliss';
import { writeScan } from '@main/demo';
import { h5wasm } from '@main/hdf5/index';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';

interface Bench {
  readonly folder: string;
  readonly home: string;
  readonly lines: VerdictLine[];
  readonly events: EventName[];
  start(options?: Partial<AppOptions>): RunningApp;
}

/** A raw-data folder and a profile for one test; apps started on them are closed at its end. */
function bench(): Bench {
  const base = temporaryFolder();
  const folder = join(base, 'RAW_DATA');
  const home = join(base, 'home');
  const lines: VerdictLine[] = [];
  const events: EventName[] = [];
  return {
    folder,
    home,
    lines,
    events,
    start(options = {}) {
      const app = createApp({
        launcher: builtLauncher(),
        home,
        shell: 'web',
        roots: [base],
        watch: { folder },
        onLine: (line) => lines.push(line),
        ...options,
      });
      app.subscribe((name) => events.push(name));
      onTestFinished(() => app.close().catch(() => undefined));
      return app;
    },
  };
}

const finals = (app: RunningApp): number => app.rows.all().filter(isFinal).length;

describe('the app', () => {
  it('judges a whole scan, records it, and shows its volume, detail and truth', async () => {
    const { folder, start, lines, events, home } = bench();
    writeScan(folder, { defect: 'screw' });
    const app = start();
    const row = await eventually(() => app.rows.all().find(isFinal), 'a final verdict');
    expect(row).toMatchObject({ state: 'classified', truth: 'screw', judgedCount: 1, framesPresent: 41 });
    expect(lines.filter(({ state }) => state === 'classified')).toHaveLength(1);
    const volume = await app.handlers['scans/volume']({ id: row.id });
    expect(volume?.shape).toEqual([64, 64, 64]);
    expect(volume?.intensity.byteLength).toBe(4 * 64 ** 3);
    const detail = await app.handlers['scans/detail']({ id: row.id });
    expect(detail.rockingCurve?.counts).toHaveLength(41);
    expect(detail.line?.hkl).toEqual([1, 1, 1]);
    expect(detail.geometry.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['photon energy', 'direct beam', 'eta']),
    );
    // What the warning says of the circles, the table says too: axes of the preset, angles of the file.
    const origins = new Map(detail.geometry.map(({ name, from }) => [name, from]));
    expect(['sample circles', 'detector circles', 'eta'].map((name) => origins.get(name))).toEqual([
      'preset',
      'preset',
      'file',
    ]);
    expect(detail.summary.warnings.map(({ code }) => code)).toContain('geometry-preset');
    expect(row.nexus).toBe(join(home, 'results', `${resultName(row)}.nxs`));
    expect(row.nexus && existsSync(row.nexus)).toBe(true);
    expect(detail.result).toBe(row.nexus);
    expect(events).toContain('scan-changed');
  });

  it('follows a scan while it is written: arriving, early verdict, final verdict', async () => {
    const { folder, start, lines } = bench();
    const { header, frames, monitor } = writeScan(join(folder, '..', 'elsewhere'));
    const writer: BlissWriter = createBlissScan(folder, header);
    writer.append(frames(0, 12), monitor(0, 12));
    const app = start();
    const arriving = await eventually(() => app.rows.all()[0], 'the scan is noticed');
    expect(arriving).toMatchObject({ state: 'arriving', framesPresent: 12, framesExpected: 41, verdict: null });
    writer.append(frames(12, 34), monitor(12, 34));
    const early = await eventually(() => app.rows.all().find((row) => row.verdict), 'an early verdict');
    expect(early).toMatchObject({ state: 'arriving', judgedAt: null, verdict: { early: true } });
    expect(early.warnings.map(({ code }) => code)).toContain('partial-scan');
    writer.append(frames(34, 41), monitor(34, 41));
    expect(finals(app)).toBe(0);
    writer.finish();
    const final = await eventually(() => app.rows.all().find(isFinal), 'the final verdict');
    expect(final.verdict?.early).toBeUndefined();
    expect(final.warnings.map(({ code }) => code)).not.toContain('partial-scan');
    expect(lines.map(({ state }) => state).filter((state) => state !== 'early')).toEqual(['classified']);
  });

  it('neither repeats nor forgets a scan after a restart, nor what was flagged and noted', async () => {
    const { folder, start, lines } = bench();
    writeScan(folder, { number: 1 });
    const first = start();
    const { id } = await eventually(() => first.rows.all().find(isFinal), 'the first verdict');
    await first.handlers['scans/flag']({ id, flagged: true });
    await first.handlers['scans/note']({ id, note: 'go back' });
    await first.close();
    writeScan(folder, { number: 2 });
    const second = start();
    await eventually(() => finals(second) === 2, 'the second verdict');
    expect(lines).toHaveLength(2);
    expect(second.rows.get(id)).toMatchObject({ judgedCount: 1, flagged: 1, note: 'go back' });
  });

  it('lets a broken file cost nothing but itself', async () => {
    const { folder, start } = bench();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'empty.h5'), '');
    writeFileSync(join(folder, 'noise.h5'), Buffer.from('this is no HDF5 file at all, whatever its name says'));
    writeScan(folder);
    const app = start();
    await eventually(() => finals(app) === 1, 'the good scan is judged');
    const broken = await eventually(() => {
      const rows = app.rows.all().filter((row) => row.problem);
      return rows.length === 2 && rows;
    }, 'both broken files are reported');
    for (const { state, problem } of broken) {
      expect(state).toBe('rejected');
      expect(['scan-unreadable', 'scan-truncated']).toContain(problem?.code);
    }
    const overrule = async (of: 'screw' | null): Promise<unknown> =>
      app.handlers['scans/overrule']({ id: broken[0]!.id, overruled: of && { class: of } });
    await expect(overrule('screw')).rejects.toMatchObject({ code: 'verdict-missing' });
    expect(app.rows.get(broken[0]!.id)?.overruled).toBeNull();
    await expect(overrule(null)).resolves.toMatchObject({ state: 'rejected' });
    rmSync(join(folder, 'noise.h5'));
    writeScan(folder, { number: 2 });
    await eventually(() => finals(app) === 2, 'the next good scan is judged');
  });

  it('tells of files in a layout that nobody knows, by one alert however many, and takes it back', async () => {
    const { folder, start, lines } = bench();
    mkdirSync(folder, { recursive: true });
    for (let n = 0; n < 20; n++) writeFileSync(join(folder, `scan_${n}.cbf`), 'of another beamline');
    const other = new h5wasm.File(join(folder, 'other.h5'), 'w');
    other.create_group('entry');
    other.close();
    const app = start();
    let told: string | undefined;
    app.subscribe((name, payload) => {
      if (name !== 'alerts-changed' || !Array.isArray(payload)) return;
      const alerts = payload as readonly Alert[];
      told = alerts.find(({ problem }) => problem.code === 'layout-unknown')?.problem.message;
    });
    await eventually(() => told?.includes('21 files'), 'an alert that counts them all');
    expect(told).toContain('e.g. scan_0.cbf, scan_1.cbf, scan_2.cbf');
    expect(app.rows.all()).toEqual([]);
    expect(lines).toEqual([]);
    for (let n = 0; n < 20; n++) rmSync(join(folder, `scan_${n}.cbf`));
    await eventually(() => told?.includes('1 file in'), 'an alert of the other one');
    await app.handlers['watch/stop']();
    expect(told).toBeUndefined();
  });

  it('waits for a geometry that is incomplete and goes on once it is answered', async () => {
    const { folder, start } = bench();
    const { header, frames, monitor } = writeScan(join(folder, '..', 'elsewhere'));
    const writer = createBlissScan(folder, { ...header, directBeam: [Number.NaN, Number.NaN] });
    writer.append(frames(0, 41), monitor(0, 41));
    writer.finish();
    const app = start();
    const waiting = await eventually(() => app.rows.all().find((row) => row.problem), 'the question');
    expect(waiting.problem?.code).toMatch(/^geometry-/);
    expect(isFinal(waiting)).toBe(false);
    const answers = await app.handlers['answers/get']({ preset: 'id01' });
    await app.handlers['answers/set']({ preset: 'id01', answers: { ...answers, directBeam: [44.5, 50.25] } });
    const final = await eventually(() => app.rows.all().find(isFinal), 'the verdict');
    expect(final.problem).toBeNull();
    expect(final.geometry.find(({ name }) => name === 'direct beam')).toMatchObject({ from: 'answer' });
  });

  it('explains a verdict with the model that gave it, until it is stopped', async () => {
    const { folder, home, start, events } = bench();
    writeScan(folder, { defect: 'screw' });
    const app = start();
    const { id, verdict } = await eventually(() => app.rows.all().find(isFinal), 'the verdict');
    await app.handlers['occlusion/start']({ id });
    const state = (): OcclusionState => app.handlers['occlusion/state']() as OcclusionState;
    const map = await eventually(() => state().map ?? undefined, 'the first places');
    expect(map.class).toBe(verdict!.class);
    expect(map.probability).toBeCloseTo(verdict!.probabilities[map.class]!, 5);
    expect(map).toMatchObject({ pass: 'coarse', total: 729 });
    await app.handlers['occlusion/stop']({ id });
    expect(state().status).toBe('stopped');
    expect(events).toContain('occlusion-changed');
    const results = (): string[] => readdirSync(join(home, 'results'));
    await eventually(() => results().every((name) => name.endsWith('.nxs')), 'the volume is taken away');
    expect(await app.handlers['scans/look-alikes']({ id })).toMatchObject({ nearest: expect.any(Array) });
    await eventually(() => results().every((name) => name.endsWith('.nxs')), 'this one, too');
    const detail = await app.handlers['scans/detail']({ id });
    expect(detail.nextReflections?.single[0]).toMatchObject({ remaining: [], angleDeg: expect.closeTo(90, 6) });
  });

  it('looks inside the crystal of a scan that is asked for, and keeps what it finds beside its result', async () => {
    const { folder, start, events } = bench();
    writeScan(folder, { defect: 'screw', points: 64 });
    const app = start();
    const { id } = await eventually(() => app.rows.all().find(isFinal), 'the verdict');
    const state = (): InsideState => app.handlers['inside/state']({ id }) as InsideState;
    expect(state().status).toBe('none');
    await app.handlers['inside/begin']({ id });
    await eventually(() => state().status === 'running' && state().pictured > 0, 'a first picture', 240);
    expect(await app.handlers['inside/picture']({ id })).toMatchObject({ id, size: 64, hkl: [1, 1, 1] });
    await eventually(() => state().status === 'ready', 'all retrievals', 300);
    const row = app.rows.get(id)!;
    expect(row.inside?.opinion).toMatchObject({ says: 'line', starts: 5 });
    expect(row.verdict!.inside).toMatchObject(row.inside!.opinion);
    expect(row.verdict!.inside!.testimony).toBe(row.verdict!.class === 'perfect' ? 'contradicts' : 'agrees');
    expect(existsSync(row.nexus!.replace(/nxs$/, 'cxi'))).toBe(true);
    const picture = await app.handlers['inside/picture']({ id });
    expect(picture).toMatchObject({ pictured: 5, opinion: row.inside!.opinion });
    expect(picture!.body).toHaveLength(64 ** 3);
    expect(events).toContain('inside-changed');
  }, 600_000);

  it('judges again on demand, and opens no folder it was not given', async () => {
    const { folder, start } = bench();
    writeScan(folder);
    const app = start();
    const { id } = await eventually(() => app.rows.all().find(isFinal), 'the verdict');
    await app.handlers['scans/judge-again']({ id });
    await eventually(() => app.rows.get(id)?.judgedCount === 2, 'the second verdict');
    await expect(async () => app.handlers['watch/start']({ folder: '/etc', preset: 'auto' })).rejects.toMatchObject({
      code: 'path-refused',
    });
    await expect(async () => app.handlers['scans/detail']({ id: 'none' })).rejects.toMatchObject({
      code: 'scan-not-found',
    });
  });

  it('says when the watched folder is missing, and goes on when it is there', async () => {
    const { folder, start } = bench();
    const app = start();
    await eventually(() => {
      const state = app.handlers['watch/state']() as { problem: { code: string } | null };
      return state.problem?.code === 'path-missing';
    }, 'the folder is missed');
    writeScan(folder);
    await eventually(() => finals(app) === 1, 'a verdict once the folder is there');
    expect(app.handlers['watch/state'](undefined)).toMatchObject({ folder, problem: null });
  });
});
