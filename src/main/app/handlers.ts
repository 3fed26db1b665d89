import { BraggwatchError } from '@contract/errors';
import type { Handlers } from '@contract/procedures';
import { familyIfKnown } from '@core/network/family';
import type { NextReflections } from '@contract/next-reflections';
import type { ScanSummary } from '@contract/scan';
import { isJudged } from '@contract/standing';
import { toSummary, type LedgerRow } from '@main/ledger/row';
import { nextPair, nextReflections } from '@core/verdict/second-reflection';
import type { Board } from '@main/jobs/board';
import type { Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import type { Adapting } from '@main/adapting';
import type { Simulation } from '@main/simulation';
import type { Training } from '@main/training';
import { signatureOf } from '@main/files/signature';
import type { Classifier } from '@main/models/classifier';
import type { Explainer } from '@main/explain/explain';
import type { Insides } from '@main/inside/insides';
import { accountName } from './account';
import type { Alerts } from './alerts';
import type { PlayedDemo } from './demo';
import type { Desktop } from './desktop';
import type { AppEvents } from './events';
import type { Dropped } from '@main/beamtime/dropped';
import { createExports } from './exports';
import type { App } from './types';
import type { WithVolume } from './with-volume';
import type { Folders } from './folders';
import type { Info } from './info';
import type { Queue } from '@main/beamtime/queue';
import { refOf, type Rows } from '@main/beamtime/rows';
import type { Settings } from '@main/ledger/settings';
import type { ScanSetup } from '@main/beamtime/scan-setup';
import type { AllAgain } from '@main/beamtime/all-again';
import { createParticles } from '@main/beamtime/particles';
import { createRepeats, type RepeatsTools } from '@main/beamtime/repeats';
import { screen } from '@main/beamtime/screening';
import type { Watching } from '@main/beamtime/watching';

export interface HandlerTools {
  readonly info: Pick<Info, 'now'>;
  readonly alerts: Pick<Alerts, 'all'>;
  readonly rows: Rows;
  readonly settings: Settings;
  readonly folders: Pick<Folders, 'pick' | 'allow' | 'complete' | 'watchable'>;
  readonly scans: Worker<ScanService>;
  readonly queue: Queue;
  readonly setup: Pick<ScanSetup, 'sourcesOf'>;
  readonly simulation: Simulation;
  readonly explainer: Explainer;
  readonly insides: Insides;
  readonly training: Training;
  readonly adapting: Adapting;
  readonly dropped: Dropped;
  readonly board: Board;
  readonly allAgain: Pick<AllAgain, 'handlers'>;
  readonly demo: PlayedDemo;
  readonly desktop: Desktop | undefined;
  readonly classifier: Pick<Classifier, 'facts' | 'judge' | 'lookAlikes'>;
  readonly summing: RepeatsTools['summing'];
  readonly withVolume: WithVolume;
  readonly watching: Watching;
  /** A preset or an answer was changed. */
  changed(what: AppEvents['setup-changed']['what']): void;
}

/** The screen's contract, answered from the running app. */
export function createHandlers(tools: HandlerTools): Required<Pick<App, 'handlers' | 'forViewers'>> {
  const { rows, settings, scans } = tools;
  const find = (id: string): LedgerRow => {
    const row = rows.get(id);
    if (!row) throw new BraggwatchError('scan-not-found', id);
    return row;
  };
  const change = (id: string, values: Partial<LedgerRow>): ScanSummary =>
    toSummary(rows.put({ ...find(id), ...values }));
  const exports = createExports(
    {
      rows: () => rows.all(),
      folder: () => tools.watching.state().folder,
      volume: (nexus) => scans.call('volume', nexus),
      provisional: async () => (await tools.classifier.facts().catch(() => undefined))?.provisional,
    },
    tools.desktop,
    tools.board,
  );
  const handlers: Handlers = {
    ...tools.simulation.handlers,
    ...tools.explainer.handlers,
    ...tools.insides.handlers,
    ...tools.training.handlers,
    ...tools.adapting.handlers,
    ...tools.dropped.handlers,
    ...exports.handlers,
    ...tools.board.handlers,
    ...createParticles(rows),
    ...createRepeats(tools),
    ...tools.allAgain.handlers,
    ...tools.demo.handlers,
    'app/info': () => tools.info.now(),
    // Whoever serves the app knows better.
    'app/share': () => null,
    'app/alerts': () => tools.alerts.all(),
    'scans/list': () => rows.all().map(toSummary),
    'scans/detail': ({ id }) => {
      const row = find(id);
      return {
        summary: toSummary(row),
        ...(row.judgedCount > 0 && { history: rows.history(id) }),
        preset: row.preset,
        geometry: row.geometry,
        ...(row.line && { line: row.line }),
        ...(row.nexus !== null && { result: row.nexus }),
        ...(row.line?.hkl && { nextReflections: nextTo(row.line.hkl) }),
        ...(row.rockingCurve && { rockingCurve: row.rockingCurve }),
      };
    },
    'scans/volume': ({ id }) => {
      const { nexus } = find(id);
      return nexus ? scans.call('volume', nexus) : null;
    },
    'scans/look-alikes': async ({ id }) => {
      const family = familyIfKnown(find(id).line?.hkl);
      return tools.withVolume(id, (volume) => tools.classifier.lookAlikes(volume, family));
    },
    'scans/frame': ({ id, q, area, frame }) => {
      const row = find(id);
      const peak = row.line?.reduction?.peak;
      const voxel = row.line?.reduction?.voxelInvAngstrom;
      if (!peak || voxel === undefined) throw new BraggwatchError('peak-absent', `${row.name} was not reduced`);
      return scans.call(
        'frame',
        refOf(row),
        tools.setup.sourcesOf(row),
        { q, peak, voxel, area, frame },
        row.nexus ?? undefined,
      );
    },
    'scans/flag': ({ id, flagged }) => change(id, { flagged: flagged ? 1 : 0 }),
    'scans/note': ({ id, note }) => change(id, { note }),
    'scans/plan': ({ id, plan }) => change(id, { plan }),
    'scans/overrule': ({ id, overruled }) => {
      const row = find(id);
      // Taking back is always allowed. What was never judged would be counted among what was.
      if (overruled && !isJudged(row)) throw new BraggwatchError('verdict-missing', row.name);
      return change(id, {
        overruled: overruled && {
          ...overruled,
          by: overruled.by ?? accountName(),
          at: overruled.at ?? new Date().toISOString(),
        },
      });
    },
    'scans/judge-again': async ({ id }) => {
      const { source, format, number } = refOf(find(id));
      const facts = (await scans.call('list', source, format)).find((scan) => scan.ref.number === number);
      if (!facts) throw new BraggwatchError('scan-not-found', `${source} #${number}`);
      const again = change(id, { state: 'waiting', judgedAt: null, problem: null });
      tools.queue.add(facts, signatureOf(source), true);
      return again;
    },
    'screening/report': async ({ ids, ...asked }) => {
      // Without a model the counts still stand.
      const model = await tools.classifier.facts().catch(() => undefined);
      return screen(
        ids.flatMap((id) => rows.get(id) ?? []),
        rows.all(),
        asked,
        model,
      );
    },
    'watch/state': () => tools.watching.state(),
    'watch/start': ({ folder, preset }) => tools.watching.start(tools.folders.watchable(folder), preset),
    'watch/stop': () => tools.watching.stop(),
    'watch/allow': ({ folder }) => tools.folders.allow(folder),
    'watch/complete': ({ beginning }) => tools.folders.complete(beginning),
    'watch/pick-folder': () => tools.folders.pick('watch'),
    'presets/list': () => settings.presets(),
    'presets/save': (preset) => {
      const all = settings.savePreset(preset);
      tools.changed('preset');
      return all;
    },
    'answers/get': ({ preset }) => settings.answers(preset),
    'geometry/outlook': ({ id, preset }) => {
      const row = find(id);
      return scans.call('outlook', refOf(row), tools.setup.sourcesOf({ ...row, preset }), row.line?.reduction?.peak);
    },
    'answers/set': ({ preset, answers }) => {
      const saved = settings.saveAnswers(preset, answers);
      tools.changed('answers');
      return saved;
    },
  };
  return { handlers, forViewers: exports.forViewers };
}

/** Told with the detail rather than kept: it follows from the indices alone, for scans of older ledgers too. */
function nextTo(hkl: readonly [number, number, number]): NextReflections {
  const pair = nextPair(hkl);
  return { single: nextReflections(hkl), ...(pair && { pair }) };
}
