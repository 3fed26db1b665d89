import { BraggwatchError } from '@contract/errors';
import type { ScanSummary } from '@contract/scan';
import { describe, expect, it } from 'vitest';
import { Preferences } from '@renderer/shell/state/preferences.svelte';
import { Screen } from '@renderer/shell/state/screen.svelte';
import { detailOf, fakeScan, judged } from '../../../e2e/support/fake-scans';
import { presets } from '../../../e2e/support/fake-presets';
import { FakeConnection, settle } from '../../support/fake-connection';

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
  const screen = new Screen(connection, new Preferences({ getItem: () => null, setItem: () => undefined }, 'light'));
  const stop = screen.session.start();
  return { connection, screen, scans, stop };
}

describe('Session', () => {
  it('asks for everything once connected, and again after every loss', async () => {
    const { connection, screen, scans } = start([judged(1, 'edge')]);
    expect(connection.calls).toEqual([]);
    connection.status('open');
    await settle();
    expect(screen.queue.scans).toHaveLength(1);
    expect(screen.session.watch?.folder).toBe('/data');
    connection.status('lost');
    expect(screen.session.status).toBe('lost');
    scans.push(judged(2, 'screw'));
    connection.status('open');
    await settle();
    expect(screen.queue.selected?.scan).toBe('S0002');
  });

  it('fetches the scan that is looked at whenever it changes', async () => {
    const { connection, screen, scans } = start([fakeScan(1, { state: 'arriving', framesPresent: 1 })]);
    connection.status('open');
    await settle();
    expect(screen.open.detail?.summary.framesPresent).toBe(1);
    scans[0] = fakeScan(1, { state: 'arriving', framesPresent: 50 });
    connection.emit('scan-changed', scans[0]);
    await settle();
    expect(screen.open.detail?.summary.framesPresent).toBe(50);
  });

  it('shows what failed until it is dismissed, the same failure once', async () => {
    const { connection, screen } = start([judged(1, 'edge')]);
    connection.status('open');
    await settle();
    expect(await screen.session.note('scan-1', 'x')).toBe(false);
    expect(await screen.session.note('scan-1', 'y')).toBe(false);
    expect(screen.session.failures.map(({ problem }) => problem.code)).toEqual(['disk-full']);
    screen.session.dismiss(screen.session.failures[0]!.id);
    expect(screen.session.failures).toEqual([]);
  });

  it('flags the selected scan and takes it back', async () => {
    const { connection, screen } = start([judged(1, 'edge')]);
    connection.status('open');
    await settle();
    screen.flagSelected();
    await settle();
    expect(screen.queue.selected?.flagged).toBe(true);
    screen.flagSelected();
    await settle();
    expect(screen.queue.selected?.flagged).toBe(false);
  });

  it('hears nothing any more once stopped', async () => {
    const { connection, screen, stop } = start();
    connection.status('open');
    await settle();
    stop();
    connection.emit('scan-changed', judged(2, 'screw'));
    expect(screen.queue.scans).toEqual([]);
  });
});
