import { BraggwatchError } from '@contract/errors';
import type { OcclusionState } from '@contract/occlusion';
import type { ScanSummary } from '@contract/scan';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Explaining } from '@renderer/features/explain/explaining.svelte';
import { Queue } from '@renderer/shell/state/queue.svelte';
import { FakeOcclusion } from '../../../e2e/support/fake-occlusion';
import { fakeScan, judged, verdictOf } from '../../../e2e/support/fake-scans';
import { FakeConnection, settle } from '../../support/fake-connection';

const [first, second] = [judged(1, 'screw'), judged(2, 'edge')];

/** A screen's explaining on the double of the app. */
function bench() {
  const scans = [first, second];
  const app = new FakeOcclusion(
    (id) => scans.find((scan) => scan.id === id)!,
    (state: OcclusionState) => connection.emit('occlusion-changed', state),
  );
  const connection: FakeConnection = new FakeConnection(app.handlers);
  const explaining = new Explaining(connection);
  explaining.start();
  return { app, connection, explaining };
}

describe('Explaining', () => {
  it('follows the map as it grows, to its end', async () => {
    const { app, explaining } = bench();
    explaining.look(first);
    await explaining.ask();
    expect(explaining.running).toBe(true);
    expect(explaining.occlusion).toBeNull();
    app.advance('coarse', 96);
    expect(explaining.occlusion?.map).toMatchObject({ class: 'screw', done: 96, total: 729 });
    app.advance('fine', 412);
    expect(explaining.status).toBe('done');
    expect(explaining.occlusion?.map.axis).toHaveLength(17);
  });

  it('gives the map up when another scan is looked at, and keeps a finished one for coming back', async () => {
    const { app, connection, explaining } = bench();
    explaining.look(first);
    await explaining.ask();
    app.advance('fine', 412);
    explaining.look(second);
    expect(explaining.occlusion).toBeNull();
    await explaining.ask();
    app.advance('coarse', 10);
    explaining.look(first);
    await settle();
    expect(connection.calls.at(-1)).toEqual({ name: 'occlusion/stop', input: { id: second.id } });
    expect(app.state).toMatchObject({ id: second.id, status: 'stopped' });
    expect(explaining.status).toBe('done');
    expect(explaining.occlusion?.map.class).toBe('screw');
  });

  it('leaves a paused one alone while another scan is looked at, and shows it as it is then', async () => {
    const { app, explaining } = bench();
    explaining.look(first);
    await explaining.ask();
    app.advance('coarse', 96);
    explaining.pause();
    await settle();
    expect(explaining.paused).toBe(true);
    explaining.look(second);
    await settle();
    expect(explaining.status).toBe('idle');
    expect(app.state.status).toBe('paused');
    // Gone on with from the list of jobs.
    app.set({ status: 'running' });
    app.advance('coarse', 200);
    explaining.look(first);
    expect(explaining.running).toBe(true);
    expect(explaining.occlusion?.map.done).toBe(200);
    explaining.pause();
    await settle();
    explaining.toggle();
    await settle();
    expect(explaining.running).toBe(true);
  });

  it('forgets the map of a verdict that was replaced', async () => {
    const { app, explaining } = bench();
    explaining.look(first);
    await explaining.ask();
    app.advance('fine', 412);
    explaining.look({ ...first, flagged: true, note: 'a note changes nothing' });
    expect(explaining.status).toBe('done');
    explaining.look({ ...first, verdict: verdictOf('perfect', 0.8) });
    expect(explaining.status).toBe('idle');
    expect(explaining.occlusion).toBeNull();
  });

  it('says so when another window asks about another scan', async () => {
    const { app, explaining } = bench();
    explaining.look(first);
    await explaining.ask();
    app.advance('coarse', 96);
    app.set({ id: second.id, status: 'running', map: null, problem: null });
    expect(explaining.status).toBe('stopped');
    expect(explaining.occlusion?.map.done).toBe(96);
  });

  it('stops on the key, and begins again on it', async () => {
    const { app, explaining } = bench();
    explaining.look(first);
    explaining.toggle();
    await settle();
    app.advance('coarse', 96);
    explaining.toggle();
    await settle();
    expect(explaining.status).toBe('stopped');
    expect(explaining.occlusion?.map.done).toBe(96);
    explaining.toggle();
    await settle();
    app.advance('fine', 412);
    explaining.shown = false;
    explaining.toggle();
    expect(explaining.status).toBe('done');
    expect(explaining.shown).toBe(true);
  });

  describe('by itself', () => {
    const followed = (scans: readonly ScanSummary[]) => {
      const { app, connection, explaining } = bench();
      const queue = new Queue();
      queue.replaceAll(scans);
      let allowed: boolean | 'later' = true;
      const stop = explaining.byItself(queue, () => allowed);
      queue.onLook(() => explaining.look(queue.selected));
      const wait = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(10_000));
      return { app, connection, explaining, queue, stop, wait, allow: (may: typeof allowed) => void (allowed = may) };
    };
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('explains the newest verdict once nothing waits, and lays nothing over the cuts', async () => {
      const { app, explaining, queue, wait } = followed([first, second, fakeScan(3, { state: 'waiting' })]);
      await wait();
      expect(app.state.status).toBe('idle');
      queue.upsert(judged(3, 'perfect'));
      queue.select(first.id);
      await wait();
      // Whoever chose a scan asks.
      expect(app.state.status).toBe('idle');
      queue.remove('scan-3');
      queue.follow(true);
      await wait();
      expect(app.state).toMatchObject({ id: second.id, status: 'running' });
      expect(explaining.shown).toBe(false);
      app.advance('fine', 412);
      explaining.toggle();
      expect(explaining.shown).toBe(true);
    });

    it('waits for a volume, and leaves alone what another window asked for and what was stopped', async () => {
      const { app, allow, connection, explaining, wait } = followed([first, second]);
      allow('later');
      await wait();
      expect(connection.calls).toEqual([]);
      app.set({ id: first.id, status: 'running' });
      allow(true);
      await wait();
      expect(connection.calls).toEqual([]);
      app.set({ id: null, status: 'idle' });
      explaining.look(null);
      explaining.look(second);
      await wait();
      expect(app.state).toMatchObject({ id: second.id, status: 'running' });
      explaining.cancel();
      await wait();
      explaining.look(second);
      await wait();
      expect(app.state).toMatchObject({ id: second.id, status: 'stopped' });
    });

    it('begins nothing once it was stopped', async () => {
      const { connection, stop, wait } = followed([first]);
      stop();
      await wait();
      expect(connection.calls).toEqual([]);
    });
  });

  it('shows why it failed', async () => {
    const connection = new FakeConnection({
      'occlusion/start': () => Promise.reject(new BraggwatchError('volume-missing')),
    });
    const explaining = new Explaining(connection);
    explaining.look(first);
    await explaining.ask();
    expect(explaining.status).toBe('failed');
    expect(explaining.problem?.code).toBe('volume-missing');
  });
});
