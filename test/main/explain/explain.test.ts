import type { Job, JobAct } from '@contract/jobs';
import { createBoard, type Board } from '@main/jobs/board';
import { createOrder } from '@main/jobs/order';

import { occlusionStateSchema, type OcclusionState } from '@contract/occlusion';
import { BraggwatchError } from '@contract/errors';
import type { ScanSummary } from '@contract/scan';
import { createExplainer, type Explainer } from '@main/explain/explain';
import type { Classifier } from '@main/models/classifier';
import type { Place } from '@core/occlusion/occlusion';
import type { ModelFacts } from '@main/engine/answer';
import type { Volumes } from '@main/engine/service';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../support/build';
import { judged, verdictOf } from '../../e2e/support/fake-scans';
import { paperClasses } from '@vocabulary/classes';

const SPOT: Place = [36, 28, 32];

interface Bench {
  readonly explainer: Explainer;
  readonly told: OcclusionState[];
  readonly scans: Map<string, ScanSummary>;
  state(): OcclusionState;
  /** Balls asked for. */
  readonly asked: Place[];
  /** Takes another model into use. */
  swap(): void;
  readonly board: Board;
  /** How many times more the network answers. */
  readonly gate: { left: number };
  /** Volumes that are laid down at present. */
  readonly laid: Set<string>;
}

/** A network that sees a screw, by what lies about one spot. */
function bench(): Bench {
  let hash = 'a';
  const asked: Place[] = [];
  const laid = new Set<string>();
  let count = 0;
  /** The network's process finds what it was told of; the voxels themselves it is never handed. */
  const picked = (volume: Volumes): void => {
    if (!('laid' in volume && laid.has(volume.laid))) throw new Error('no volume lies there');
  };
  const gate = { left: Infinity };
  const logitsAt = (place: Place): number[] => {
    const off = Math.hypot(...place.map((x, axis) => x - SPOT[axis]!));
    return [0, 4 - 6 * Math.exp(-((off / 8) ** 2)), 0];
  };
  const classes: ModelFacts['classes'] = paperClasses;
  const facts = { name: 'fake', temperature: 1, classes } as ModelFacts;
  const classifier: Classifier = {
    facts: async () => ({ ...facts, hash }),
    use: () => Promise.reject(new Error('not asked')),
    async judge(volume) {
      picked(volume);
      return { model: { ...facts, hash }, logits: Float32Array.of(0, 4, 0), novelty: undefined };
    },
    lookAlikes: () => Promise.reject(new Error('not asked')),
    async occlude(volume, places) {
      picked(volume);
      asked.push(...places);
      await eventually(() => gate.left > 0, 'the network answers');
      gate.left--;
      return { model: { ...facts, hash }, logits: Float32Array.from(places.flatMap(logitsAt)) };
    },
    close: () => undefined,
  };
  const told: OcclusionState[] = [];
  const board = createBoard(() => undefined);
  onTestFinished(() => board.close());
  const scans = new Map([judged(1, 'screw'), judged(2, 'screw'), judged(3, 'edge')].map((scan) => [scan.id, scan]));
  const explainer = createExplainer({
    classifier,
    ...{ order: createOrder(), board },
    find(id) {
      const scan = scans.get(id);
      if (!scan) throw new BraggwatchError('scan-not-found', id);
      return scan;
    },
    async withVolume(id, work) {
      if (id === 'scan-3') throw new BraggwatchError('volume-missing', id);
      const place = `${id}, ${++count}`;
      laid.add(place);
      return work({ laid: place }).finally(() => laid.delete(place));
    },
    onChange: (state) => told.push(occlusionStateSchema.parse(state)),
  });
  return {
    ...{ explainer, board },
    told,
    scans,
    asked,
    gate,
    laid,
    state: () => explainer.handlers['occlusion/state']() as OcclusionState,
    swap: () => (hash = 'b'),
  };
}

const status =
  ({ state }: Bench, wanted: OcclusionState['status']) =>
  () =>
    state().status === wanted;

describe('an occlusion map', () => {
  it('grows from the coarse grid to the fine one, about the class that is named', async () => {
    const b = bench();
    b.gate.left = 2;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    expect(b.told[0]).toEqual({ id: 'scan-1', status: 'running', map: null, problem: null });
    await eventually(() => b.told.some(({ map }) => map), 'the first places');
    b.gate.left = Infinity;
    await eventually(status(b, 'done'), 'the map is whole');
    const { map } = b.state();
    expect(map).toMatchObject({ class: 'screw', model: 'a', radius: 13, pass: 'fine' });
    expect(map!.probability).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 2), 6);
    expect(map!.axis).toHaveLength(17);
    expect(map!.drop.byteLength).toBe(4 * 17 ** 3);
    // The spot is a centre of the fine grid: (logit 4 - 6) there.
    expect(map!.falls!.place).toEqual(SPOT);
    expect(map!.falls!.distance).toBeCloseTo(Math.hypot(4, 4), 6);
    const left = Math.exp(-2) / (Math.exp(-2) + 2);
    expect(map!.falls!.drop).toBeCloseTo(map!.probability - left, 5);
    expect(b.told.some((each) => each.map?.pass === 'coarse')).toBe(true);
    const first = b.told.find((each) => each.map)!.map!;
    expect(first.measured.reduce((a, one) => a + one, 0)).toBe(first.done);
  });

  it('stands in the list of jobs, where it is paused, gone on with and cancelled', async () => {
    const b = bench();
    b.gate.left = 1;
    const jobs = (): Job[] => b.board.handlers['jobs/list']() as Job[];
    const act = (what: JobAct) => b.board.handlers['jobs/act']({ id: jobs()[0]!.id, act: what });
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => jobs()[0]?.done === 32, 'it is listed, with its first places');
    const { scan: name } = b.scans.get('scan-1')!;
    expect(jobs()).toMatchObject([
      { kind: 'occlusion', name, status: 'running', total: 729, acts: ['pause', 'cancel'] },
    ]);
    await act('pause');
    expect(b.state().status).toBe('paused');
    expect(jobs()[0]).toMatchObject({ status: 'paused', acts: ['resume', 'cancel'] });
    await act('resume');
    expect(b.state().status).toBe('running');
    await act('cancel');
    expect(b.state().status).toBe('stopped');
    expect(jobs()).toEqual([]);
  });

  it('leaves the list with the verdict that it was about', async () => {
    const b = bench();
    b.gate.left = 1;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => (b.board.handlers['jobs/list']() as Job[]).length === 1, 'it is listed');
    b.explainer.changed({ ...b.scans.get('scan-1')!, verdict: judged(3, 'edge').verdict! });
    expect(b.state()).toMatchObject({ id: null, status: 'idle' });
    expect(b.board.handlers['jobs/list']()).toEqual([]);
  });

  it('is of the scan asked about last', async () => {
    const b = bench();
    b.gate.left = 0;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => b.asked.length > 0, 'the first balls');
    await b.explainer.handlers['occlusion/start']({ id: 'scan-2' });
    b.gate.left = Infinity;
    await eventually(status(b, 'done'), 'the second map');
    expect(b.state().id).toBe('scan-2');
    const after = b.told.slice(b.told.findIndex(({ id }) => id === 'scan-2'));
    expect(new Set(after.map(({ id }) => id))).toEqual(new Set(['scan-2']));
  });

  it('stops when asked, with what there is; asked about another scan, it goes on', async () => {
    const b = bench();
    b.gate.left = 2;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => b.asked.length > 64, 'the third lot of balls');
    await b.explainer.handlers['occlusion/stop']({ id: 'scan-2' });
    expect(b.state().status).toBe('running');
    const stopped = b.explainer.handlers['occlusion/stop']({ id: 'scan-1' }) as OcclusionState;
    expect(stopped.status).toBe('stopped');
    expect(stopped.map).not.toBeNull();
    const asked = b.asked.length;
    b.gate.left = Infinity;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(b.asked.length).toBe(asked);
    expect(b.state().status).toBe('stopped');
  });

  it('is paused between two lots of balls, and gone on with where it was left: the same map, no ball twice', async () => {
    const whole = bench();
    await whole.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(status(whole, 'done'), 'the map');

    const b = bench();
    b.gate.left = 2;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => b.asked.length > 64, 'the third lot of balls');
    expect(b.explainer.handlers['occlusion/pause']({ id: 'scan-2' })).toMatchObject({ status: 'running' });
    await b.explainer.handlers['occlusion/pause']({ id: 'scan-1' });
    b.gate.left = Infinity;
    // The lot under way still counts; none is begun after it.
    await eventually(() => b.state().map?.done === 96, 'the third lot');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(b.state().status).toBe('paused');
    expect(b.asked).toHaveLength(96);
    expect([...b.laid]).toEqual(['scan-1, 1']);
    await b.explainer.handlers['occlusion/resume']({ id: 'scan-1' });
    await eventually(status(b, 'done'), 'the rest');
    expect(b.asked).toEqual(whole.asked);
    expect(b.state().map).toEqual(whole.state().map);
    await eventually(() => b.laid.size === 0, 'the volume is taken away');
  });

  it('is given up while it is paused, for another scan or for good', async () => {
    const b = bench();
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await b.explainer.handlers['occlusion/pause']({ id: 'scan-1' });
    expect(b.explainer.handlers['occlusion/stop']({ id: 'scan-1' })).toMatchObject({ status: 'stopped' });
    expect(b.explainer.handlers['occlusion/resume']({ id: 'scan-1' })).toMatchObject({ status: 'stopped' });
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await b.explainer.handlers['occlusion/pause']({ id: 'scan-1' });
    await b.explainer.handlers['occlusion/start']({ id: 'scan-2' });
    await eventually(status(b, 'done'), 'the second map');
    expect(b.state().id).toBe('scan-2');
    await eventually(() => b.laid.size === 0, 'no volume is left of any of them');
  });

  it('is given up when the model changes or the scan gets another verdict, not when it gets a note', async () => {
    const b = bench();
    b.gate.left = 0;
    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(() => b.asked.length > 0, 'the first balls');
    b.swap();
    b.gate.left = Infinity;
    await eventually(status(b, 'stopped'), 'the model is noticed');

    await b.explainer.handlers['occlusion/start']({ id: 'scan-1' });
    await eventually(status(b, 'done'), 'the map');
    const scan = b.scans.get('scan-1')!;
    b.explainer.changed({ ...scan, note: 'go back' });
    expect(b.state().status).toBe('done');
    b.explainer.changed({ ...scan, verdict: verdictOf('edge', 0.7) });
    expect(b.state()).toEqual({ id: null, status: 'idle', map: null, problem: null });
  });

  it('says what is missing', async () => {
    const b = bench();
    await b.explainer.handlers['occlusion/start']({ id: 'scan-3' });
    await eventually(status(b, 'failed'), 'the failure');
    expect(b.state().problem?.code).toBe('volume-missing');
    expect(() => b.explainer.handlers['occlusion/start']({ id: 'none' })).toThrow(BraggwatchError);
  });
});
