import { BraggwatchError } from '@contract/errors';
import type { ScanSummary } from '@contract/scan';
import { describe, expect, it } from 'vitest';
import { detailOf, fakeScan, judged } from '../../../e2e/support/fake-scans';
import { presets } from '../../../e2e/support/fake-presets';
import { FakeConnection, settle } from '../../support/fake-connection';
import { windowOn } from '../../support/window';

function start(scans: ScanSummary[] = []) {
  const watch = { folder: '/data', preset: 'esrf-id01', problem: null };
  const find = ({ id }: { id: string }): ScanSummary => scans.find((scan) => scan.id === id)!;
  const connection = new FakeConnection({
    'scans/list': () => [...scans],
    'scans/detail': (input: { id: string }) => detailOf(find(input)),
    'scans/volume': () => null,
    'scans/flag': (input: { id: string; flagged: boolean }) => ({ ...find(input), flagged: input.flagged }),
    'scans/note': () => {
      throw new BraggwatchError('disk-full', '/home');
    },
    'app/alerts': () => [],
    'watch/state': () => watch,
    'watch/start': ({ folder, preset }: { folder: string; preset: string }) => ({ ...watch, folder, preset }),
    'presets/list': () => [...presets],
  });
  return { ...windowOn(connection), connection, scans };
}

describe('Session', () => {
  it('asks for everything once connected, and again after every loss', async () => {
    const { connection, session, queue, scans } = start([judged(1, 'edge')]);
    expect(connection.calls).toEqual([]);
    connection.status('open');
    await settle();
    expect(queue.scans).toHaveLength(1);
    expect(session.watch?.folder).toBe('/data');
    connection.status('lost');
    expect(session.status).toBe('lost');
    scans.push(judged(2, 'screw'));
    connection.status('open');
    await settle();
    expect(queue.selected?.scan).toBe('S0002');
  });

  it('fetches the scan that is looked at whenever it changes', async () => {
    const { connection, open, scans } = start([fakeScan(1, { state: 'arriving', framesPresent: 1 })]);
    connection.status('open');
    await settle();
    expect(open.detail?.summary.framesPresent).toBe(1);
    scans[0] = fakeScan(1, { state: 'arriving', framesPresent: 50 });
    connection.emit('scan-changed', scans[0]);
    await settle();
    expect(open.detail?.summary.framesPresent).toBe(50);
  });

  it('fetches only the last of scans that come at once', async () => {
    const { connection, queue, scans } = start();
    connection.status('open');
    await settle();
    for (const n of [1, 2, 3]) {
      scans.push(judged(n, 'edge'));
      connection.emit('scan-changed', scans.at(-1)!);
    }
    await settle();
    expect(queue.selected?.scan).toBe('S0003');
    expect(connection.calls.filter(({ name }) => name === 'scans/detail').map(({ input }) => input)).toEqual([
      { id: 'scan-3' },
    ]);
  });

  it('shows what failed until it is dismissed, the same failure once', async () => {
    const { connection, alerts, marks } = start([judged(1, 'edge')]);
    connection.status('open');
    await settle();
    expect(await marks.note('scan-1', 'x')).toBe(false);
    expect(await marks.note('scan-1', 'y')).toBe(false);
    expect(alerts.failures.map(({ problem }) => problem.code)).toEqual(['disk-full']);
    alerts.dismiss(alerts.failures[0]!.id);
    expect(alerts.failures).toEqual([]);
  });

  it('flags the selected scan and takes it back', async () => {
    const { connection, queue, marks } = start([judged(1, 'edge')]);
    connection.status('open');
    await settle();
    await marks.flag('scan-1', !queue.selected!.flagged);
    await settle();
    expect(queue.selected?.flagged).toBe(true);
    await marks.flag('scan-1', !queue.selected!.flagged);
    await settle();
    expect(queue.selected?.flagged).toBe(false);
  });

  it('hears nothing any more once stopped', async () => {
    const { connection, queue, stop } = start();
    connection.status('open');
    await settle();
    stop();
    connection.emit('scan-changed', judged(2, 'screw'));
    expect(queue.scans).toEqual([]);
  });
});
