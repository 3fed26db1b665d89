import { BraggwatchError } from '@contract/errors';
import type { Answers, Preset } from '@contract/geometry';
import type { Alert, AppInfo, WatchState } from '@contract/app';
import type { Emit } from '@contract/events';
import type { Handlers } from '@contract/procedures';
import type { ScanSummary } from '@contract/scan';
import type { Volume } from '@contract/volume';
import type { App } from '@main/app/types';
import { FakeAdapting } from './fake-adapting';
import { FakeOcclusion } from './fake-occlusion';
import { FakeInside } from './fake-inside';
import { FakeJobs } from './fake-jobs';
import type { LookAlikes } from '@contract/look-alikes';
import { heard } from '@core/verdict/witness';
import { createParticles } from '@main/beamtime/particles';
import { makeExport } from '@main/export';
import { fakeOutlook } from './fake-outlook';
import { fakeRepeats } from './fake-repeats';
import { fakeLookAlikes } from './fake-look-alikes';
import { noAnswers, presets as someBeamlines } from './fake-presets';
import { detailOf, fakeRow } from './fake-scans';
import { fakeScreening } from './fake-screening';
import { fakeSimulation } from './fake-simulation';
import { fakeTraining } from './fake-training';
import { syntheticFrame, syntheticVolume } from './patterns';

/** What a scenario starts from; whatever is left out is an app that runs well and watches nothing. */
export interface FakeState {
  readonly scans?: readonly ScanSummary[];
  readonly watch?: Partial<WatchState>;
  readonly info?: Partial<AppInfo>;
  readonly alerts?: readonly Alert[];
  /** Milliseconds before a scan's detail and volume come. */
  readonly delay?: number;
  /** Where volumes come from; synthetic patterns of 64^3 when left out. */
  readonly volume?: (scan: ScanSummary) => Volume | Promise<Volume>;
  /** The simulated patterns most like a scan; five of its own class when left out. */
  readonly lookAlikes?: (scan: ScanSummary) => LookAlikes | null;
  /** Procedures that fail. */
  readonly failing?: readonly (keyof Handlers)[];
  /** Procedures that answer otherwise than the double does. */
  readonly answering?: Partial<Handlers>;
}

/** The test double of the app: real contract, no files, no engine. It serves the real screen through the real server. */
export class FakeApp implements App {
  readonly #listeners = new Set<Emit>();
  readonly #scans: Map<string, ScanSummary>;
  readonly #answers = new Map<string, Answers>();
  readonly #delay: number;
  readonly #volumeFrom: FakeState['volume'];
  readonly #lookAlikesOf: NonNullable<FakeState['lookAlikes']>;
  readonly #opened = new Set<string>();
  #watch: WatchState;
  #before: readonly ScanSummary[] = [];
  #presets: readonly Preset[] = someBeamlines;
  #alerts: readonly Alert[];
  #info: AppInfo;
  readonly handlers: Handlers;
  /** Which scans were to be judged again, and with which answers that would have been. */
  readonly redone: { readonly id: string; readonly answers: Answers }[] = [];
  /** How often counts and candidates were asked for. */
  screenings = 0;
  /** What the screen asked for, in turn. */
  readonly asked: (keyof Handlers)[] = [];
  readonly jobs = new FakeJobs((jobs) => this.#emit('jobs-changed', jobs));
  readonly adapting = new FakeAdapting((state) => this.#emit('adapting-changed', state));
  readonly occlusion = new FakeOcclusion(
    (id) => this.#scan(id),
    (state) => this.#emit('occlusion-changed', state),
  );
  readonly inside = new FakeInside(
    (id) => this.#scan(id),
    (state) => this.#emit('inside-changed', state),
    (id, opinion) => {
      const { verdict, ...scan } = this.#scan(id);
      if (verdict) this.announce({ ...scan, verdict: heard(verdict, opinion) });
    },
  );

  constructor(state: FakeState = {}) {
    this.#scans = new Map((state.scans ?? []).map((scan) => [scan.id, scan]));
    this.#watch = { folder: null, preset: 'esrf-id01', problem: null, ...state.watch };
    this.#alerts = state.alerts ?? [];
    this.#delay = state.delay ?? 0;
    this.#volumeFrom = state.volume;
    this.#lookAlikesOf = state.lookAlikes ?? fakeLookAlikes;
    this.#info = {
      version: '0.1.0',
      shell: 'web',
      engine: 'onnx/cpu',
      model: {
        name: 'three-class',
        hash: '4f1d08c2aa93e1b7',
        provisional: true,
        classes: ['perfect', 'screw', 'edge'],
        summary: 'Trained on 600 small unrelaxed Pt crystals; no measured pattern was used.',
      },
      canPickFolder: false,
      canOpenFolders: true,
      demo: false,
      readOnly: false,
      ...state.info,
    };
    const failures = (state.failing ?? []).map((name) => [
      name,
      () => Promise.reject(new BraggwatchError('internal', `${name} was told to fail`)),
    ]);
    const handlers = { ...this.#handlers(), ...state.answering, ...Object.fromEntries(failures) };
    this.handlers = this.#noted(handlers);
  }

  #noted(handlers: Handlers): Handlers {
    const noted = Object.entries(handlers).map(([name, answer]) => [
      name,
      (question: never) => {
        this.asked.push(name as keyof Handlers);
        return (answer as (question: never) => unknown)(question);
      },
    ]);
    return Object.fromEntries(noted) as Handlers;
  }

  subscribe(emit: Emit): () => void {
    this.#listeners.add(emit);
    return () => this.#listeners.delete(emit);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  /** A scan as the app would announce it. */
  announce(scan: ScanSummary): ScanSummary {
    this.#scans.set(scan.id, scan);
    this.#emit('scan-changed', scan);
    return scan;
  }

  /** Something of the app itself is another now: its model, for example. */
  inform(change: Partial<AppInfo>): void {
    this.#info = { ...this.#info, ...change };
    this.#emit('info-changed', this.#info);
  }

  alert(alerts: readonly Alert[]): void {
    this.#alerts = alerts;
    this.#emit('alerts-changed', [...alerts]);
  }

  readonly #emit: Emit = (name, payload) => this.#listeners.forEach((emit) => emit(name, payload));

  #scan(id: string): ScanSummary {
    const scan = this.#scans.get(id);
    if (!scan) throw new BraggwatchError('scan-not-found', id);
    return scan;
  }

  #setWatch(watch: WatchState): WatchState {
    this.#watch = watch;
    this.#emit('watch-changed', watch);
    return watch;
  }

  readonly #slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, this.#delay));

  #volume(scan: ScanSummary): Volume | null {
    return scan.verdict ? syntheticVolume(scan.truth ?? scan.verdict.class, Number(scan.id.slice(5))) : null;
  }

  /** The real app's own, on the double's scans. */
  #particles(): ReturnType<typeof createParticles> {
    return createParticles({
      all: () => [...this.#scans.values()].map(fakeRow),
      get: (id) => fakeRow(this.#scan(id)),
      put: (row) => {
        const scan = { ...this.#scan(row.id) };
        delete scan.particle;
        return fakeRow(this.announce(row.particle === null ? scan : { ...scan, particle: row.particle }));
      },
    });
  }

  #handlers(): Handlers {
    return {
      ...fakeSimulation,
      ...this.occlusion.handlers,
      ...this.inside.handlers,
      ...fakeTraining,
      ...this.adapting.handlers,
      ...this.jobs.handlers,
      ...this.#particles(),
      ...fakeRepeats(
        () => [...this.#scans.values()],
        (id) => this.#volume(this.#scan(id)),
      ),
      'demo/play': () => this.#setWatch({ ...this.#watch, folder: '/home/lea/demo/RAW_DATA', problem: null }),
      'app/info': () => this.#info,
      'app/share': () => null,
      'app/alerts': () => [...this.#alerts],
      'scans/list': () => [...this.#scans.values()],
      'scans/detail': async ({ id }) => (await this.#slow(), detailOf(this.#scan(id))),
      'scans/volume': async ({ id }) => {
        await this.#slow();
        const scan = this.#scan(id);
        return this.#volumeFrom && scan.verdict ? this.#volumeFrom(scan) : this.#volume(scan);
      },
      'scans/look-alikes': async ({ id }) => (await this.#slow(), this.#lookAlikesOf(this.#scan(id))),
      'scans/frame': async ({ id, q, area, frame }) => {
        await this.#slow();
        // A scan whose files have been moved away.
        if (this.#scan(id).source.includes('moved')) throw new BraggwatchError('path-missing', this.#scan(id).source);
        return syntheticFrame(q, area, frame);
      },
      'scans/flag': ({ id, flagged }) => this.announce({ ...this.#scan(id), flagged }),
      'scans/note': ({ id, note }) => this.announce({ ...this.#scan(id), note }),
      'scans/plan': ({ id, plan }) => {
        const scan = { ...this.#scan(id) };
        delete scan.plan;
        return this.announce(plan ? { ...scan, plan } : scan);
      },
      'scans/overrule': ({ id, overruled }) => {
        const scan = { ...this.#scan(id) };
        delete scan.overruled;
        if (!overruled) return this.announce(scan);
        const by = overruled.by ?? 'opid01';
        return this.announce({
          ...scan,
          overruled: { ...overruled, by, at: overruled.at ?? '2026-05-13T03:12:00.000Z' },
        });
      },
      'scans/judge-again': ({ id }) => {
        this.redone.push({ id, answers: this.#answers.get(this.#watch.preset) ?? noAnswers });
        return this.announce({ ...this.#scan(id), state: 'waiting' });
      },
      'scans/judge-all-again': ({ ids }) => {
        const judged = ids.map((id) => this.#scan(id)).filter(({ judgedAt }) => judgedAt !== undefined);
        this.#before = judged;
        for (const { id } of judged) {
          this.redone.push({ id, answers: this.#answers.get(this.#watch.preset) ?? noAnswers });
          this.announce({ ...this.#scan(id), state: 'waiting' });
        }
        return { count: judged.length };
      },
      'scans/judge-all-undo': () => {
        for (const scan of this.#before) this.announce(scan);
        return { count: this.#before.length };
      },
      'export/make': (request) =>
        makeExport(
          {
            rows: () => [...this.#scans.values()].map(fakeRow),
            folder: () => this.#watch.folder,
            volume: (id) => this.#volume(this.#scan(id))!,
          },
          request,
        ),
      'export/save': ({ format, only }) => `/home/lea/braggwatch-${only}.${format}`,
      'desktop/notify': () => undefined,
      'files/drop': ({ path }) => ({ is: /\.h5$/.test(path) ? ('scan' as const) : ('folder' as const), path }),
      'screening/report': ({ ids, ...asked }) => {
        this.screenings += 1;
        return fakeScreening(ids, [...this.#scans.values()], asked);
      },
      'watch/state': () => this.#watch,
      'watch/start': ({ folder, preset }) => {
        if (folder.includes('missing')) throw new BraggwatchError('path-missing', folder);
        if (folder.includes('outside') && !this.#opened.has(folder)) throw new BraggwatchError('path-refused', folder);
        return this.#setWatch({ folder, preset, problem: null });
      },
      'watch/stop': () => this.#setWatch({ ...this.#watch, folder: null, problem: null }),
      'watch/allow': ({ folder }) => (this.#opened.add(folder), folder),
      'watch/complete': ({ beginning }) =>
        ['/data/visitor', '/data/outside'].filter((path) => path.startsWith(beginning)),
      'watch/pick-folder': () => (this.#info.canPickFolder ? '/data/picked' : null),
      'presets/list': () => [...this.#presets],
      'presets/save': (preset) => [
        ...(this.#presets = this.#presets.map((each) => (each.name === preset.name ? preset : each))),
      ],
      'answers/get': ({ preset }) => this.#answers.get(preset) ?? noAnswers,
      'geometry/outlook': ({ id }) => fakeOutlook(this.#scan(id)),
      'answers/set': ({ preset, answers }) => {
        this.#answers.set(preset, answers);
        return answers;
      },
    };
  }
}
