import { BraggwatchError } from '@contract/errors';
import type { ScanSummary } from '@contract/scan';
import { describe, expect, it, vi } from 'vitest';
import { OpenScan } from '@renderer/shell/state/open-scan.svelte';
import { detailOf, fakeScan, judged, verdictOf } from '../../../e2e/support/fake-scans';
import { wireVolume } from '../../drawing/slices/wire-volume';
import { FakeConnection, settle } from '../../support/fake-connection';

const scans: Record<string, ScanSummary> = {
  'scan-1': judged(1, 'edge'),
  'scan-2': judged(2, 'screw'),
  'scan-3': judged(3, 'perfect'),
};
const volume = wireVolume([2, 2, 2], (i) => i);

/** Answers only when told to. */
function gated() {
  const waiting: (() => void)[] = [];
  const connection = new FakeConnection({
    'scans/detail': ({ id }: { id: string }) =>
      new Promise((resolve) => waiting.push(() => resolve(detailOf(scans[id]!)))),
    'scans/volume': () => volume,
  });
  return { connection, release: () => waiting.splice(0).forEach((answer) => answer()) };
}

const asked = (connection: FakeConnection): unknown[] =>
  connection.calls.filter(({ name }) => name === 'scans/detail').map(({ input }) => (input as { id: string }).id);

describe('OpenScan', () => {
  it('fetches detail and volume', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!);
    expect(open.loading).toBe(true);
    release();
    await settle();
    expect(open.loading).toBe(false);
    expect(open.detail?.summary.id).toBe('scan-1');
    expect(open.volume?.shape).toEqual([2, 2, 2]);
  });

  it('asks for the newest only, whatever was passed over meanwhile', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!);
    open.show(scans['scan-2']!);
    open.show(scans['scan-3']!);
    release();
    await settle();
    expect(open.detail).toBeNull();
    release();
    await settle();
    expect(asked(connection)).toEqual(['scan-1', 'scan-3']);
    expect(open.detail?.summary.id).toBe('scan-3');
  });

  it('shows a scan seen before at once, and fetches it again only when it changed', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    for (const id of ['scan-1', 'scan-2']) {
      open.show(scans[id]!);
      release();
      await settle();
    }
    open.show(scans['scan-1']!);
    expect(open.detail?.summary.id).toBe('scan-1');
    open.show({ ...scans['scan-1']!, judgedAt: '2026-06-01T00:00:00.000Z' });
    release();
    await settle();
    expect(asked(connection)).toEqual(['scan-1', 'scan-2', 'scan-1']);
  });

  it('keeps what is on the screen while a changed scan is fetched', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    open.show(fakeScan(1, { state: 'arriving', framesPresent: 9 }));
    release();
    await settle();
    open.show(fakeScan(1, { state: 'arriving', framesPresent: 10 }));
    expect(open.detail).not.toBeNull();
    expect(open.loading).toBe(true);
  });

  it('fetches the volume again with another verdict only, not with every frame that lands', async () => {
    const volumes: number[] = [];
    const arriving = (framesPresent: number, chance: number): ScanSummary =>
      fakeScan(1, { state: 'arriving', framesPresent, verdict: verdictOf('edge', chance, true) });
    const connection = new FakeConnection({
      'scans/detail': () => detailOf(arriving(0, 0.6)),
      'scans/volume': () => (volumes.push(0), volume),
    });
    const open = new OpenScan(connection);
    open.show(arriving(9, 0.6));
    await settle();
    const first = open.volume;
    open.show(arriving(10, 0.6));
    await settle();
    expect([volumes.length, open.volume === first]).toEqual([1, true]);
    open.show(arriving(50, 0.7));
    await settle();
    expect([volumes.length, open.volume === first]).toEqual([2, false]);
  });

  it('does not ask again for a scan that failed while only others change', async () => {
    const connection = new FakeConnection({
      'scans/detail': () => {
        throw new BraggwatchError('timed-out', 'detail');
      },
    });
    const open = new OpenScan(connection);
    for (let n = 0; n < 5; n++) {
      open.show(scans['scan-1']!);
      await settle();
    }
    expect(asked(connection)).toEqual(['scan-1']);
    open.retry(scans['scan-1']!);
    await settle();
    expect(asked(connection)).toEqual(['scan-1', 'scan-1']);
  });

  it('says why it failed and forgets it on another try', async () => {
    let broken = true;
    const connection = new FakeConnection({
      'scans/detail': ({ id }: { id: string }) => {
        if (broken) throw new BraggwatchError('timed-out', 'detail');
        return detailOf(scans[id]!);
      },
      'scans/volume': () => null,
    });
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!);
    await settle();
    expect(open.problem?.code).toBe('timed-out');
    broken = false;
    open.retry(scans['scan-1']!);
    await settle();
    expect(open.problem).toBeNull();
    expect(open.detail?.summary.id).toBe('scan-1');
    expect(open.volume).toBeNull();
  });

  it('takes a volume that does not fill its shape as a problem, not as a picture', async () => {
    const connection = new FakeConnection({
      'scans/detail': () => detailOf(scans['scan-1']!),
      'scans/volume': () => ({ ...volume, shape: [2, 2, 9] }),
    });
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!);
    await settle();
    expect(open.problem?.code).toBe('internal');
    expect(open.volume).toBeNull();
  });

  it('goes on drawing the scan before until the new one is there, and says so', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!);
    expect(open.picture).toBeNull();
    release();
    await settle();
    expect(open.stale).toBe(false);
    open.show(scans['scan-2']!);
    // What is drawn is of the scan before; nothing of it is taken for the new one's.
    expect(open.picture?.detail.summary.id).toBe('scan-1');
    expect(open.stale).toBe(true);
    expect([open.detail, open.volume]).toEqual([null, null]);
    release();
    await settle();
    expect(open.picture?.detail.summary.id).toBe('scan-2');
    expect(open.stale).toBe(false);
    open.show(null);
    expect(open.picture).toBeNull();
  });

  it('fetches the neighbours once the scan is there, and asks for none of them again', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    open.show(scans['scan-1']!, [scans['scan-2']!]);
    await settle();
    expect(asked(connection)).toEqual(['scan-1']);
    release();
    // In the page's own time.
    await vi.waitFor(() => expect(asked(connection)).toEqual(['scan-1', 'scan-2']));
    // Opened while it is still on its way.
    open.show(scans['scan-2']!);
    release();
    await vi.waitFor(() => expect(open.detail?.summary.id).toBe('scan-2'));
    expect(asked(connection)).toEqual(['scan-1', 'scan-2']);
    expect(open.loading).toBe(false);
  });

  it('turns to the new neighbours when somebody has stepped on while the old ones were on their way', async () => {
    const { connection, release } = gated();
    const open = new OpenScan(connection);
    const [first, second, third] = [scans['scan-1']!, scans['scan-2']!, scans['scan-3']!];
    open.show(second);
    release();
    await settle();
    open.show(first, [third]);
    release();
    await vi.waitFor(() => expect(asked(connection)).toEqual(['scan-2', 'scan-1', 'scan-3']));
    // Back to one that is there, with other neighbours, one of them never seen.
    const fourth = judged(4, 'edge');
    scans['scan-4'] = fourth;
    open.show(second, [fourth]);
    release();
    await vi.waitFor(() => expect(asked(connection)).toEqual(['scan-2', 'scan-1', 'scan-3', 'scan-4']));
  });
});
